import { inspectProtection } from '../inspect/protection.ts'
import type { Inspection } from '../model/inspection.ts'
import { branchRulesFor } from '../policy/branch-rules.ts'
import type { GitHub, RepositoryName } from '../ports/github.ts'
import { policyThroughApi } from './policy-through-api.ts'

/**
 * Compares the protection of a branch with what its own policy asks for: one inspection for each check that it requires,
 * none for a branch that is not guarded. For the command line, which has no mirror.
 */
export async function inspectBranch(
  github: GitHub,
  name: RepositoryName,
  branch: string,
): Promise<Inspection[]> {
  const [repository, organisation, rules] = await Promise.all([
    github.repository(name),
    github.organisationPolicy(name.owner),
    github.effectiveRules(name, branch),
  ])
  const policy = await policyThroughApi(github, name, { branch, organisation })
  return branchRulesFor(policy, branch, repository.defaultBranch).map(({ check }) =>
    inspectProtection({ protection: policy.protection, check, rules }),
  )
}
