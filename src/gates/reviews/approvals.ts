import type { Change } from '../../model/change.ts'
import type { Actor, Review } from '../../model/facts.ts'
import type { ReviewsPolicy } from '../../model/policy.ts'
import type { Contributors } from './contributors.ts'

/** What decides whether a person's approval may count at all, whoever is asked for. */
export interface Eligibility {
  readonly change: Change
  readonly contributors: Contributors
  /** `author_counts` and `contributor_counts` are false for a change of the policy, whatever the policy says. */
  readonly reviews: Pick<ReviewsPolicy, 'author_counts' | 'contributor_counts' | 'stale' | 'bots'>
}

/** Why an approval counts for no requirement, as the end of "This approval does not count: …"; null where it may. */
export function whyNot(approval: Review, eligibility: Eligibility): string | null {
  const { actor, commit } = approval
  if (actor === null) return 'the account is gone'
  return whyNotActor(actor, eligibility) ?? whyStale(commit, eligibility)
}

/** Why nobody may count on this person's approval; null where one may. */
export function whyNotActor(
  actor: Pick<Actor, 'kind'> & { readonly id: number | null },
  { contributors, reviews }: Eligibility,
): string | null {
  if (actor.kind !== 'human' && !reviews.bots.may_approve) return 'bots and Apps may not approve'
  if (actor.id === null) return null
  if (actor.id === contributors.author) {
    return reviews.author_counts ? null : 'the author of the pull request may not approve it'
  }
  const deed = contributors.did.get(actor.id)
  return deed === undefined || reviews.contributor_counts ? null : `this person ${deed}`
}

function whyStale(commit: string | null, { change, reviews }: Eligibility): string | null {
  if (reviews.stale === 'never' || commit === change.head) return null
  if (commit === null) return 'GitHub no longer says on which commit it was given'
  const given = `it was given on ${commit.slice(0, 7)}`
  if (reviews.stale === 'always') return `${given}, and there are newer commits`
  const [then, now] = [contentAt(commit, change), contentAt(change.head, change)]
  if (then === null || now === null) return `${given}, whose content can no longer be compared`
  return then === now ? null : `${given}, and the content has changed since`
}

function contentAt(commit: string, { reviewed }: Change): string | null {
  return reviewed.find((state) => state.commit === commit)?.content ?? null
}
