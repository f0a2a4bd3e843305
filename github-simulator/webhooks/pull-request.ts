import { emit } from '../emit.ts'
import { countsOf } from '../pull-request-details.ts'
import type { Account, PullRequest, Repository, Review } from '../state.ts'
import { pullRequestView, reviewView, simplePullRequestView } from '../views/pull-request.ts'
import type { World } from '../world.ts'

/** `pull_request`. GitHub does not know yet whether it can be merged when it tells. */
export async function pullRequestHappened(
  world: World,
  repository: Repository,
  pull: PullRequest,
  about: { action: string; sender: Account; extra?: object },
): Promise<void> {
  const details = {
    ...(await countsOf(repository, pull)),
    isMergeable: null,
    testMergeSha: null,
    mergeableState: 'unknown',
  }
  emit(world, {
    event: 'pull_request',
    action: about.action,
    repository,
    sender: about.sender,
    payload: {
      number: pull.number,
      pull_request: pullRequestView(world, repository, pull, details),
      ...about.extra,
    },
  })
}

/** `pull_request_review`, in which a state is written small. */
export function reviewHappened(
  world: World,
  repository: Repository,
  pull: PullRequest,
  about: { action: 'submitted' | 'dismissed' | 'edited'; review: Review; sender: Account },
): void {
  const { action, review, sender } = about
  const view = reviewView(world, repository, pull, review)
  emit(world, {
    event: 'pull_request_review',
    action,
    repository,
    sender,
    payload: {
      review: { ...view, body: view.body === '' ? null : view.body, state: view.state.toLowerCase() },
      pull_request: simplePullRequestView(world, repository, pull),
    },
  })
}
