import type { GitHub, RepositoryFacts } from '../ports/github.ts'
import { pullRequestKey } from '../ports/job-keys.ts'
import type { App } from './app.ts'

/** Evaluates all open pull requests of a repository, or those against one branch. GitHub is asked which there are. */
export async function evaluateOpenPullRequests(
  app: App,
  at: { readonly github: GitHub; readonly installation: number; readonly repository: RepositoryFacts },
  baseBranch?: string,
): Promise<void> {
  const { github, installation, repository } = at
  const fullName = `${repository.owner}/${repository.name}`
  for (const { number } of await github.openPullRequests(repository, baseBranch)) {
    const data = { installation, repository: fullName, number }
    await app.queue.add({ name: 'evaluate-pull-request', data }, { key: pullRequestKey(data) })
  }
}
