import type { KeyedJob, PushDelivery } from '../ports/delivery.ts'
import { repositoryKey } from '../ports/job-keys.ts'

/** What GitHub says instead of a commit where there is none. */
const none = /^0+$/

/**
 * A branch moved. Whether it is guarded is for the job to say, which knows the policy. Tags deploy nothing that a branch
 * rule guards, and a deleted branch leaves nothing to judge.
 */
export function push({ installation, repository, ref, before, after }: PushDelivery): KeyedJob[] {
  if (!ref.startsWith('refs/heads/') || none.test(after)) return []
  const data = { installation, repository, ref, before, after }
  return [{ job: { name: 'evaluate-push', data }, key: `${repositoryKey(data)} ${ref}` }]
}
