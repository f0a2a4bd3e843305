import { associationOf } from '../roles.ts'
import type { PullRequest, Repository, Review } from '../state.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'
import { accountView } from './account.ts'
import { repositoryApi, repositoryPage, repositoryView } from './repository.ts'

/** Sizes and mergeability, which cost git some work and are in the full view only. */
export interface PullRequestDetails {
  readonly commits: number
  readonly additions: number
  readonly deletions: number
  readonly changedFiles: number
  /** Null while GitHub has not tried. */
  readonly isMergeable: boolean | null
  readonly testMergeSha: string | null
  readonly mergeableState: string
}

/** `pull-request-simple`: one of a list. */
export function simplePullRequestView(world: World, repository: Repository, pull: PullRequest) {
  const api = `${repositoryApi(world, repository)}/pulls/${pull.number}`
  return {
    url: api,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    ...addresses(world, repository, pull),
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: accountView(world, pull.author),
    body: pull.body,
    created_at: timestamp(pull.createdAt),
    updated_at: timestamp(pull.updatedAt),
    closed_at: pull.closedAt === null ? null : timestamp(pull.closedAt),
    merged_at: pull.merge === null ? null : timestamp(pull.merge.at),
    merge_commit_sha: pull.merge?.sha ?? null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [...pull.labels].map((name) => labelView(world, repository, name)),
    milestone: null,
    draft: pull.isDraft,
    head: side(world, pull.head.repository, pull.head.branch, pull.headSha),
    base: side(world, repository, pull.base, pull.baseSha),
    _links: relations(world, repository, pull),
    author_association: associationOf(repository, pull.author),
    auto_merge: null,
    active_lock_reason: null,
  }
}

/** `pull-request`: a single one, and that of most webhooks. */
export function pullRequestView(
  world: World,
  repository: Repository,
  pull: PullRequest,
  details: PullRequestDetails,
) {
  const comments = [...repository.comments.values()].filter(({ number }) => number === pull.number)
  return {
    ...simplePullRequestView(world, repository, pull),
    merge_commit_sha: pull.merge?.sha ?? details.testMergeSha,
    merged: pull.merge !== null,
    mergeable: details.isMergeable,
    rebaseable: details.isMergeable,
    mergeable_state: details.mergeableState,
    merged_by: pull.merge === null ? null : accountView(world, pull.merge.by),
    comments: comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: details.commits,
    additions: details.additions,
    deletions: details.deletions,
    changed_files: details.changedFiles,
  }
}

/** `pull-request-minimal`: inside check runs and suites. */
export function minimalPullRequestView(world: World, repository: Repository, pull: PullRequest) {
  const end = (of: Repository, ref: string, sha: string) => ({
    ref,
    sha,
    repo: { id: of.id, url: repositoryApi(world, of), name: of.name },
  })
  return {
    url: `${repositoryApi(world, repository)}/pulls/${pull.number}`,
    id: pull.id,
    number: pull.number,
    head: end(pull.head.repository, pull.head.branch, pull.headSha),
    base: end(repository, pull.base, pull.baseSha),
  }
}

/** `pull-request-review`. The API writes the state in capitals, a webhook in small letters. */
export function reviewView(world: World, repository: Repository, pull: PullRequest, review: Review) {
  const page = `${repositoryPage(world, repository)}/pull/${pull.number}#pullrequestreview-${review.id}`
  const api = `${repositoryApi(world, repository)}/pulls/${pull.number}`
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: accountView(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: api,
    author_association: associationOf(repository, review.author),
    _links: { html: { href: page }, pull_request: { href: api } },
    submitted_at: timestamp(review.submittedAt),
    commit_id: review.commit,
  }
}

export function labelView(world: World, repository: Repository, name: string) {
  const url = `${repositoryApi(world, repository)}/labels/${encodeURIComponent(name)}`
  const id = repository.id + name.length
  return { id, node_id: nodeId('Label', name), url, name, color: 'ededed', default: false, description: '' }
}

function side(world: World, repository: Repository, ref: string, sha: string) {
  return {
    label: `${repository.owner.login}:${ref}`,
    ref,
    sha,
    user: accountView(world, repository.owner),
    repo: repositoryView(world, repository),
  }
}

function addresses(world: World, repository: Repository, pull: PullRequest) {
  const api = repositoryApi(world, repository)
  const page = `${repositoryPage(world, repository)}/pull/${pull.number}`
  return {
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: `${api}/issues/${pull.number}`,
    commits_url: `${api}/pulls/${pull.number}/commits`,
    review_comments_url: `${api}/pulls/${pull.number}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${pull.number}/comments`,
    statuses_url: `${api}/statuses/${pull.headSha}`,
  }
}

function relations(world: World, repository: Repository, pull: PullRequest) {
  const own = addresses(world, repository, pull)
  return {
    self: link(`${repositoryApi(world, repository)}/pulls/${pull.number}`),
    html: link(own.html_url),
    issue: link(own.issue_url),
    comments: link(own.comments_url),
    review_comments: link(own.review_comments_url),
    review_comment: link(own.review_comment_url),
    commits: link(own.commits_url),
    statuses: link(own.statuses_url),
  }
}

function link(href: string) {
  return { href }
}
