import type { RepositoryName } from '../ports/github.ts'
import { pullRequestKey } from '../ports/job-keys.ts'
import type { PullRequestRow } from '../ports/stores.ts'
import type { App } from './app.ts'

/**
 * Evaluates the other pull requests of a head that one of them has left: the check that they share may still carry its
 * outcome.
 */
export async function evaluateSharers(
  app: App,
  { owner, name }: RepositoryName,
  left: PullRequestRow,
): Promise<void> {
  const { installation, head } = left
  for (const { number } of await app.stores.pullRequests.openByHead(left, head)) {
    if (number === left.number) continue
    const data = { installation, repository: `${owner}/${name}`, number }
    await app.queue.add({ name: 'evaluate-pull-request', data }, { key: pullRequestKey(data) })
  }
}
