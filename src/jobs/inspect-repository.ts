import { branchRulesFor } from '../policy/branch-rules.ts'
import type { Mirror } from '../ports/git.ts'
import type { DataOf } from '../ports/queue.ts'
import type { App } from './app.ts'
import { dayOf } from './app.ts'
import { loadPolicyAt } from './load-policy.ts'
import { withMirror } from './open-mirror.ts'
import { evaluateOpenPullRequests } from './open-pull-requests.ts'
import { repositoryName } from './repository-name.ts'

/**
 * Reads what protects the default branch, and evaluates the open pull requests: rules, roles and members are facts of
 * theirs. What comes out the same is not written again.
 */
export async function inspectRepository(app: App, data: DataOf<'inspect-repository'>): Promise<void> {
  const { installation } = data
  const github = app.github(installation)
  const repository = await github.repository(repositoryName(data.repository))
  const key = { installation, repository: repository.id }
  await app.stores.installations.nameRepository(key, `${repository.owner}/${repository.name}`)
  if (repository.isArchived) return
  const branch = repository.defaultBranch
  const isGuarded = await withMirror(app, { github, installation, repository }, (mirror) =>
    isGuardedBranch(mirror),
  )
  if (!isGuarded) return
  const rules = await github.effectiveRules(repository, branch, 'now')
  await app.stores.inspections.put(key, branch, rules)
  await evaluateOpenPullRequests(app, { github, installation, repository })

  async function isGuardedBranch(mirror: Mirror): Promise<boolean> {
    const tips = await mirror.fetch({ commits: [], branches: [branch] })
    const organisation = await github.organisationPolicy(repository.owner)
    const given = { organisation, today: dayOf(app.now()) }
    const loaded = await loadPolicyAt(mirror, tips.get(branch) ?? null, given)
    const { policy } = loaded.kind === 'valid' ? loaded.policy : loaded.names
    return branchRulesFor(policy, branch, branch).length > 0
  }
}
