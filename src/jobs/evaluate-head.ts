import { pullRequestKey } from '../ports/job-keys.ts'
import type { DataOf } from '../ports/queue.ts'
import type { App } from './app.ts'

/** Evaluates every open pull request with one head. They are found in our own table: for forks GitHub names none. */
export async function evaluateHead(app: App, data: DataOf<'evaluate-head'>): Promise<void> {
  const { installation, repository: fullName, head, rescan } = data
  const repository = await app.stores.installations.repositoryId(installation, fullName)
  if (repository === null) return
  for (const { number } of await app.stores.pullRequests.openByHead({ installation, repository }, head)) {
    const reference = { installation, repository: fullName, number }
    const again = rescan === undefined ? {} : { rescan }
    await app.queue.add(
      { name: 'evaluate-pull-request', data: { ...reference, ...again } },
      { key: pullRequestKey(reference) },
    )
  }
}
