import { emit } from '../emit.ts'
import { associationOf } from '../roles.ts'
import type { Account, Comment, PullRequest, Repository } from '../state.ts'
import { accountView } from '../views/account.ts'
import { commentView, reactionsView } from '../views/comment.ts'
import { labelView } from '../views/pull-request.ts'
import { repositoryApi, repositoryPage } from '../views/repository.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'

/** `issue_comment`: a pull request is an issue to GitHub, with a `pull_request` in it. */
export function commentHappened(
  world: World,
  repository: Repository,
  comment: Comment,
  about: { action: 'created' | 'edited' | 'deleted'; sender: Account; bodyBefore?: string },
): void {
  const pull = repository.pullRequests.get(comment.number)
  if (pull === undefined) return
  const { bodyBefore } = about
  emit(world, {
    event: 'issue_comment',
    action: about.action,
    repository,
    sender: about.sender,
    payload: {
      ...(bodyBefore === undefined ? {} : { changes: { body: { from: bodyBefore } } }),
      issue: issueView(world, repository, pull),
      comment: commentView(world, repository, comment),
    },
  })
}

function issueView(world: World, repository: Repository, pull: PullRequest) {
  const api = `${repositoryApi(world, repository)}/issues/${pull.number}`
  const page = `${repositoryPage(world, repository)}/pull/${pull.number}`
  const comments = [...repository.comments.values()].filter(({ number }) => number === pull.number)
  return {
    url: api,
    repository_url: repositoryApi(world, repository),
    labels_url: `${api}/labels{/name}`,
    comments_url: `${api}/comments`,
    events_url: `${api}/events`,
    timeline_url: `${api}/timeline`,
    html_url: page,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    title: pull.title,
    user: accountView(world, pull.author),
    labels: [...pull.labels].map((name) => labelView(world, repository, name)),
    state: pull.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: comments.length,
    created_at: timestamp(pull.createdAt),
    updated_at: timestamp(pull.updatedAt),
    closed_at: pull.closedAt === null ? null : timestamp(pull.closedAt),
    author_association: associationOf(repository, pull.author),
    active_lock_reason: null,
    draft: pull.isDraft,
    body: pull.body,
    performed_via_github_app: null,
    reactions: reactionsView(`${api}/reactions`, []),
    pull_request: {
      url: `${repositoryApi(world, repository)}/pulls/${pull.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
    },
  }
}
