import { inspectProtection } from '../inspect/protection.ts'
import type { Facts } from '../model/facts.ts'
import type { ProtectionInput } from '../model/inspection.ts'
import type { Policy } from '../model/policy.ts'
import { branchRulesFor } from '../policy/branch-rules.ts'

/**
 * What the branch of a pull request is protected by, under each check of the branch rules that it falls under, where drift
 * decides. A push has happened already: nothing of the branch's protection could hold it back.
 */
export function protectionOf(policy: Policy, facts: Facts | null): ProtectionInput {
  const { protection } = policy
  if (!protection.fail_on_drift || facts === null || facts.pullRequest === null) return { kind: 'not-asked' }
  const { baseBranch } = facts.pullRequest
  const { effectiveRules: rules } = facts
  // Rules of another branch say nothing of this one.
  if (rules === null || rules.branch !== baseBranch) return { kind: 'unread', branch: baseBranch }
  const checks = branchRulesFor(policy, baseBranch, facts.repository.defaultBranch)
  return {
    kind: 'inspected',
    inspections: checks.map(({ check }) => ({
      check,
      inspection: inspectProtection({ protection, check, rules }),
    })),
  }
}
