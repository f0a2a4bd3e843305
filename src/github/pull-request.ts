import { z } from 'zod'

import type { OpenPullRequest, PullRequestFacts, RepositoryName } from '../ports/github.ts'
import { Account, actorOf } from './actor.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'
import { RepositoryOfGitHub, repositoryOf } from './repository.ts'

const permission = { name: 'pull_requests', level: 'read' } as const

const Open = z.object({
  number: z.int().positive(),
  draft: z.boolean().default(false),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string() }),
})

const PullRequestOfGitHub = Open.extend({
  state: z.string(),
  title: z.string(),
  body: z.string().nullable(),
  user: Account.nullable(),
  labels: z.array(z.object({ name: z.string().default('') })),
  head: z.object({
    sha: z.string(),
    ref: z.string(),
    /** Null where the fork is gone. */
    repo: z.object({ full_name: z.string() }).nullable(),
  }),
  base: z.object({ ref: z.string(), repo: RepositoryOfGitHub }),
})

/** Kept in memory only, for the title and the body. https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request */
export async function readPullRequest(
  reader: Reader,
  { owner, name }: RepositoryName,
  number: number,
): Promise<PullRequestFacts> {
  const found = await reader.one(
    {
      path: path`/repos/${owner}/${name}/pulls/${number}`,
      permission,
      priority: 'result',
      keep: 'in-memory',
    },
    PullRequestOfGitHub,
  )
  return {
    repository: repositoryOf(found.base.repo),
    number: found.number,
    isOpen: found.state === 'open',
    isDraft: found.draft,
    author: actorOf(found.user),
    title: found.title,
    body: found.body ?? '',
    baseBranch: found.base.ref,
    head: found.head.sha,
    headBranch: found.head.ref,
    headRepository: found.head.repo?.full_name ?? null,
    labels: found.labels.map((label) => label.name),
  }
}

/** Oldest first, so that one which is opened meanwhile moves none to another page. `…#list-pull-requests` */
export async function readOpenPullRequests(
  reader: Reader,
  { owner, name }: RepositoryName,
  baseBranch: string | undefined,
): Promise<readonly OpenPullRequest[]> {
  const query = { state: 'open', sort: 'created', direction: 'asc' }
  const found = await reader.all(
    {
      path: path`/repos/${owner}/${name}/pulls`,
      query: baseBranch === undefined ? query : { ...query, base: baseBranch },
      permission,
      priority: 'background',
      keep: 'nowhere',
    },
    Open,
  )
  return found.map(({ number, head, base, draft }) => ({
    number,
    head: head.sha,
    baseBranch: base.ref,
    isDraft: draft,
  }))
}
