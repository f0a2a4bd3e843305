import type { Change } from '../model/change.ts'
import type { Facts } from '../model/facts.ts'
import type { CountedApproval } from '../ports/stores.ts'

/** The approvals that an evaluation saw, each with the commit and, where it is the head's, the tree it was given on. */
export function approvalsIn(facts: Facts, change: Change | null): CountedApproval[] {
  const approvals: CountedApproval[] = []
  for (const { actor, commit, state } of facts.reviews) {
    if (state !== 'approved' || actor === null || commit === null) continue
    approvals.push({ actor, commit, tree: commit === change?.head ? change.trees.head : null })
  }
  return approvals
}
