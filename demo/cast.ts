import { fileURLToPath } from 'node:url'

import type { Simulator } from '../github-simulator/simulator.ts'
import type { Account, Repository } from '../github-simulator/state.ts'
import { appId } from '../harness/world.ts'

/** The repository and who works on it. */
export interface Cast {
  readonly repository: Repository
  /** Engineer of the shop: opens the pull request. */
  readonly ana: Account
  /** Of the platform team: commits to ana's branch. */
  readonly kim: Account
  /** Of the platform team. */
  readonly olga: Account
}

/** What the ruleset of the repository, and its policy, call the check. */
export const checkName = 'portcullis'

const estate = fileURLToPath(new URL('../fixtures/argo-cd-estate', import.meta.url))

/** Makes the organisation and its repository as one would at GitHub, protects the branch and installs the App. */
export async function castFor({ people, repositories, protection, installations }: Simulator): Promise<Cast> {
  const acme = people.createOrganization('acme')
  const admin = people.createUser('max')
  people.addMember(acme, admin, 'admin')
  const [ana, kim, olga] = [people.createUser('ana'), people.createUser('kim'), people.createUser('olga')]
  const engineers = people.createTeam(acme, 'engineers', { members: [ana] })
  const platform = people.createTeam(acme, 'platform', { members: [kim, olga] })
  const repository = await repositories.create(acme, 'deploy', { content: { folder: estate }, author: kim })
  repositories.setTeam(repository, engineers, 'write', admin)
  repositories.setTeam(repository, platform, 'maintain', admin)
  protection.addRuleset(repository, ruleset, admin)
  installations.install(acme, admin, [repository])
  return { repository, ana, kim, olga }
}

/** The check is required and counts from this App alone; no force pushes, no deletion. */
const ruleset = {
  name: 'production',
  rules: [
    {
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: false,
        required_status_checks: [{ context: checkName, integration_id: appId }],
      },
    },
    { type: 'non_fast_forward' },
    { type: 'deletion' },
  ],
}
