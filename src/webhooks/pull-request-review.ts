import type { KeyedJob, PullRequestReviewDelivery } from '../ports/delivery.ts'
import { pullRequestKey } from '../ports/job-keys.ts'

/** A review was left, changed or dismissed. Whatever the action, the job reads all reviews again. */
export function pullRequestReview(delivery: PullRequestReviewDelivery): KeyedJob[] {
  const { installation, repository, number } = delivery
  const data = { installation, repository, number }
  return [{ job: { name: 'evaluate-pull-request', data }, key: pullRequestKey(data) }]
}
