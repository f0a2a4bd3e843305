import { z } from 'zod'

import type { Answer } from '../answer.ts'
import { created, ok, Refusal, unprocessable } from '../answer.ts'
import { visibleRepository } from '../authorization.ts'
import type { Call } from '../call.ts'
import { findCommit } from '../history.ts'
import { mergePullRequest } from '../merge.ts'
import { openPullRequest } from '../open-pull-request.ts'
import type { Listing } from '../pagination.ts'
import { commitsOf, detailsOf } from '../pull-request-details.ts'
import { isAtLeast, roleOf } from '../roles.ts'
import type { PullRequest } from '../state.ts'
import { commitView } from '../views/commit.ts'
import { pullRequestView, reviewView, simplePullRequestView } from '../views/pull-request.ts'
import type { Endpoints } from './handler.ts'

/** Pull requests, their reviews and commits, and merging. */
export const pullEndpoints = {
  'GET /repos/{owner}/{repo}/pulls': listPullRequests,
  'POST /repos/{owner}/{repo}/pulls': createPullRequest,

  'GET /repos/{owner}/{repo}/pulls/{pull_number}': async (call) => {
    const repository = call.repository()
    const pull = call.pullRequest(repository)
    return ok(pullRequestView(call.world, repository, pull, await detailsOf(repository, pull)))
  },

  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': (call) => {
    const repository = call.repository()
    const pull = call.pullRequest(repository)
    return { items: pull.reviews.map((review) => reviewView(call.world, repository, pull, review)) }
  },

  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': async (call) => {
    const repository = call.repository()
    const commits = await commitsOf(repository, call.pullRequest(repository))
    return {
      items: commits.slice(0, mostCommits).map((commit) => commitView(call.world, repository, commit)),
    }
  },

  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': pullRequestsOfCommit,
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge': merge,
} satisfies Endpoints

/** https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request */
const mostCommits = 250

function listPullRequests(call: Call): Listing {
  const repository = call.repository()
  const { world } = call
  const state = call.option('state') ?? 'open'
  const [head, base] = [call.option('head'), call.option('base')]
  const found = [...repository.pullRequests.values()]
    .filter((pull) => state === 'all' || pull.state === state)
    .filter((pull) => base === undefined || pull.base === base)
    .filter(
      (pull) => head === undefined || `${pull.head.repository.owner.login}:${pull.head.branch}` === head,
    )
  const sorted = call.option('direction') === 'asc' ? found : found.toReversed()
  if (call.option('sort') === 'updated') sorted.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime())
  return { items: sorted.map((pull) => simplePullRequestView(world, repository, pull)) }
}

const NewPullRequest = z.object({
  title: z.string().default(''),
  head: z.string(),
  base: z.string(),
  body: z.string().optional(),
  draft: z.boolean().default(false),
})

async function createPullRequest(call: Call): Promise<Answer> {
  const { world } = call
  const repository = call.repository()
  const wanted = call.body(NewPullRequest)
  const [branch = '', owner] = wanted.head.split(':').toReversed()
  const from =
    owner === undefined ? repository : visibleRepository(world, call.caller, `${owner}/${repository.name}`)
  if (!from.branches.has(branch)) throw unprocessable('Validation Failed', 'head')
  if (!repository.branches.has(wanted.base)) throw unprocessable('Validation Failed', 'base')
  const pull = await openPullRequest(world, repository, {
    head: { repository: from, branch },
    base: wanted.base,
    title: wanted.title,
    body: wanted.body ?? null,
    isDraft: wanted.draft,
    author: call.actor(),
  })
  return created(pullRequestView(world, repository, pull, await detailsOf(repository, pull)))
}

async function pullRequestsOfCommit(call: Call): Promise<Listing> {
  const repository = call.repository()
  const sha = call.text('commit_sha')
  if ((await findCommit(repository, sha)) === null) throw new Refusal(422, `No commit found for SHA: ${sha}`)
  const found: PullRequest[] = []
  for (const pull of repository.pullRequests.values()) {
    const isTip = pull.headSha === sha || pull.merge?.sha === sha
    if (isTip || (await commitsOf(repository, pull)).some((commit) => commit.sha === sha)) found.push(pull)
  }
  return { items: found.map((pull) => simplePullRequestView(call.world, repository, pull)) }
}

const Merge = z.object({
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  sha: z.string().optional(),
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
})

async function merge(call: Call): Promise<Answer> {
  const repository = call.repository()
  const pull = call.pullRequest(repository)
  const wanted = call.body(Merge)
  const by = call.actor()
  if (call.caller.kind === 'person' && !isAtLeast(roleOf(repository, by), 'write'))
    throw new Refusal(403, 'Must have push access to merge a pull request.')
  if (wanted.merge_method === 'rebase')
    throw new Refusal(405, 'Rebase merges are not allowed on this repository.')
  const sha = await mergePullRequest(call.world, repository, pull, {
    by,
    method: wanted.merge_method,
    expectedHead: wanted.sha,
    title: wanted.commit_title,
    message: wanted.commit_message,
  })
  return ok({ sha, merged: true, message: 'Pull Request successfully merged' })
}
