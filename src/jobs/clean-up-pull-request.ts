import { pullRequestKey } from '../ports/job-keys.ts'
import type { DataOf } from '../ports/queue.ts'
import type { App } from './app.ts'
import { evaluateSharers } from './evaluate-sharers.ts'
import { repositoryName } from './repository-name.ts'

/** Forgets a pull request that is closed. One that was opened again meanwhile is evaluated instead. */
export async function cleanUpPullRequest(app: App, data: DataOf<'clean-up-pull-request'>): Promise<void> {
  const { installation, repository, number } = data
  const pullRequest = await app.github(installation).pullRequest(repositoryName(repository), number)
  if (pullRequest.isOpen) {
    await app.queue.add({ name: 'evaluate-pull-request', data }, { key: pullRequestKey(data) })
    return
  }
  const key = { installation, repository: pullRequest.repository.id }
  const before = await app.stores.pullRequests.remove(key, number)
  if (before !== null) await evaluateSharers(app, pullRequest.repository, before)
}
