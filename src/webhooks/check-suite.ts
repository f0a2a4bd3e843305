import type { CheckSuiteDelivery, KeyedJob } from '../ports/delivery.ts'
import { repositoryKey } from '../ports/job-keys.ts'

/**
 * Somebody asks for all of our checks of a commit again. That a suite was made for a push, or is complete, says nothing
 * that `pull_request` and `push` do not.
 */
export function checkSuite(delivery: CheckSuiteDelivery): KeyedJob[] {
  const { installation, repository, action, head, isOurs } = delivery
  if (!isOurs || action !== 'rerequested') return []
  const data = { installation, repository, head, rescan: 'again' } as const
  return [{ job: { name: 'evaluate-head', data }, key: `${repositoryKey(data)}@${head}` }]
}
