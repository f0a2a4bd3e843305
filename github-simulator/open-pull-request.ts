import { fetchHead } from './branches.ts'
import { git } from './git.ts'
import type { Account, PullRequest, Repository } from './state.ts'
import { pullRequestHappened } from './webhooks/pull-request.ts'
import type { World } from './world.ts'
import { nextId } from './world.ts'

export interface NewPullRequest {
  readonly head: { readonly repository: Repository; readonly branch: string }
  readonly base: string
  readonly title: string
  readonly body: string | null
  readonly isDraft: boolean
  readonly author: Account
}

/** Opens a pull request; refs/pull/N/head exists in the repository afterwards, also when the head is in a fork. */
export async function openPullRequest(
  world: World,
  repository: Repository,
  wanted: NewPullRequest,
): Promise<PullRequest> {
  const { head, base } = wanted
  const headSha = head.repository.branches.get(head.branch)
  const baseSha = repository.branches.get(base)
  if (headSha === undefined || baseSha === undefined)
    throw new Error(`no branch ${headSha === undefined ? head.branch : base} to open a pull request with`)
  const pull: PullRequest = {
    ...wanted,
    id: nextId(world),
    number: repository.pullRequests.size + 1,
    state: 'open',
    baseSha,
    headSha,
    labels: new Set(),
    reviews: [],
    createdAt: world.clock(),
    updatedAt: world.clock(),
    closedAt: null,
    merge: null,
  }
  if (head.repository === repository)
    await git(repository.gitDirectory, ['update-ref', `refs/pull/${pull.number}/head`, headSha])
  else await fetchHead(repository, pull, headSha)
  repository.pullRequests.set(pull.number, pull)
  await pullRequestHappened(world, repository, pull, { action: 'opened', sender: wanted.author })
  return pull
}
