import type { Review } from '../../model/facts.ts'

/**
 * The latest review of each person that says yes or no. A comment leaves an opinion as it is, a dismissal takes it back
 * (as in GitHub's `latestOpinionatedReviews`). Accounts that are gone cannot be told apart, so none of them speaks for
 * another: each of their reviews stays.
 */
export function latestOpinions(reviews: readonly Review[]): readonly Review[] {
  const latest = new Map<string, Review>()
  for (const review of reviews) {
    if (review.state === 'commented' || review.state === 'pending') continue
    const key = review.actor === null ? `gone ${review.id}` : `id ${review.actor.id}`
    latest.set(key, review)
  }
  return [...latest.values()].filter((review) => review.state !== 'dismissed')
}
