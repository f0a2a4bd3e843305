import { z } from 'zod'

import type { Facts } from '../model/facts.ts'
import type { RepositoryName } from '../ports/github.ts'
import { Account, actorOf } from './actor.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

/** Null, or `{}`, where no account has the address of the commit. */
const Attributed = Account.nullable().or(z.strictObject({}).transform(() => null))

/** Without the message: what is picked is kept. */
const CommitOfGitHub = z.object({
  sha: z.string(),
  author: Attributed,
  committer: Attributed,
})

/**
 * Which accounts GitHub links to the commits of a pull request. It lists 250 commits at most: later ones are absent, that
 * is, unattributed. https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request
 */
export async function readAttributions(
  reader: Reader,
  { owner, name }: RepositoryName,
  number: number,
): Promise<Facts['attributions']> {
  const found = await reader.all(
    {
      path: path`/repos/${owner}/${name}/pulls/${number}/commits`,
      permission: { name: 'pull_requests', level: 'read' },
      priority: 'facts',
      keep: 'stored',
    },
    CommitOfGitHub,
  )
  return Object.fromEntries(
    found.map(({ sha, author, committer }) => [
      sha,
      { author: actorOf(author), committer: actorOf(committer) },
    ]),
  )
}
