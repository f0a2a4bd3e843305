import type { CheckRunDelivery, KeyedJob } from '../ports/delivery.ts'
import { repositoryKey } from '../ports/job-keys.ts'

/** Identifier of the button that our check runs carry. */
const rescanButton = 'rescan'

/**
 * Somebody asks for our check again: by "Re-run" or by our button. What other Apps post is theirs, and what we post
 * ourselves must not start us again.
 */
export function checkRun(delivery: CheckRunDelivery): KeyedJob[] {
  const { installation, repository, action, head, isOurs, button } = delivery
  const isAskedFor = action === 'rerequested' || (action === 'requested_action' && button === rescanButton)
  if (!isOurs || !isAskedFor) return []
  const data = { installation, repository, head, rescan: 'again' } as const
  return [{ job: { name: 'evaluate-head', data }, key: `${repositoryKey(data)}@${head}` }]
}
