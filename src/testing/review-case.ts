import { reviews } from '../gates/reviews/reviews.ts'
import type { Change, ChangedFile } from '../model/change.ts'
import type { Policy, ReviewsPolicy } from '../model/policy.ts'
import { actor, factsWith, review } from './facts.ts'
import { changeWith, evaluated, gateInput } from './gate-input.ts'
import { policyWith } from './policy.ts'

/** A pull request by `author` whose only requirement is one approval of `@acme/platform`: ann, bob and cy. */
export interface ReviewCase {
  readonly requirements?: ReviewsPolicy['requirements']
  readonly policy?: Partial<ReviewsPolicy>
  readonly policyChanges?: Policy['policy_changes']
  readonly facts?: Parameters<typeof factsWith>[0]
  readonly change?: Partial<Change>
}

/** What the gate says of the case. */
export function judge(given: ReviewCase) {
  const { gates, policy_changes } = policyWith()
  const requirements = given.requirements ?? [requirement(1, ['@acme/platform'])]
  const policy = policyWith({
    gates: { reviews: { ...gates.reviews, requirements, ...given.policy } },
    policy_changes: given.policyChanges ?? policy_changes,
  })
  const teams = { '@acme/platform': [actor('ann'), actor('bob'), actor('cy')] }
  const facts = factsWith({ teams, ...given.facts })
  return evaluated(reviews.evaluate(gateInput({ policy, facts, change: changeWith(given.change) })))
}

/** `pass`, `waiting`, `fail` or `error`, as it follows from what the gate says. */
export function outcome(given: ReviewCase): string {
  const { findings, skips, waiting } = judge(given)
  if (findings.some(({ severity }) => severity !== 'info')) return 'fail'
  if (skips.some(({ blocks }) => blocks)) return 'error'
  return waiting.length > 0 ? 'waiting' : 'pass'
}

export function requirement(
  count: number,
  by: string[],
  paths?: string[],
): ReviewsPolicy['requirements'][number] {
  return { name: by.join(' and '), if: paths === undefined ? null : { paths }, count, by }
}

export function approvedBy(...logins: string[]) {
  return logins.map((login) => review(login, 'approved'))
}

export function file(path: string): ChangedFile {
  return { path, status: 'modified', base: null, head: null }
}
