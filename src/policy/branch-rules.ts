import type { BranchRule, Policy } from '../model/policy.ts'
import { defaultBranch } from './sections/branches.ts'
import { matcherOf } from './values/glob.ts'

/** The branch rules that guard a branch; none for a branch that is not guarded. Names are without `refs/heads/`. */
export function branchRulesFor(policy: Policy, branch: string, nameOfDefault: string): BranchRule[] {
  return policy.branches.filter(({ match }) => {
    const globs = match.filter((pattern) => pattern !== defaultBranch)
    return (match.includes(defaultBranch) && branch === nameOfDefault) || matcherOf(globs)(branch)
  })
}
