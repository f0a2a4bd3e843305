import type { Kysely } from 'kysely'
import { z } from 'zod'

import type { PullRequestRow, PullRequests, RepositoryKey } from '../ports/stores.ts'
import { BigInteger } from './columns.ts'
import type { Tables } from './tables.ts'

/** Open pull requests, as they were last seen. */
export function pullRequests(database: Kysely<Tables>): PullRequests {
  const ofRepository = ({ installation, repository }: RepositoryKey) =>
    database
      .selectFrom('pull_requests')
      .selectAll()
      .where('installation', '=', installation)
      .where('repository', '=', repository)
      .orderBy('number')

  return {
    async put({ installation, repository, number, head, baseBranch, isDraft }) {
      const key = { installation, repository }
      // Two jobs of one pull request never run at the same time, so nothing comes between these two.
      const before = await ofRepository(key).where('number', '=', number).executeTakeFirst()
      const seen = { head, base_branch: baseBranch, is_draft: isDraft }
      await database
        .insertInto('pull_requests')
        .values({ installation, repository, number, ...seen })
        .onConflict((conflict) =>
          conflict.columns(['installation', 'repository', 'number']).doUpdateSet(seen),
        )
        .execute()
      return before === undefined ? null : pullRequest(before)
    },

    async remove({ installation, repository }, number) {
      const before = await database
        .deleteFrom('pull_requests')
        .where('installation', '=', installation)
        .where('repository', '=', repository)
        .where('number', '=', number)
        .returningAll()
        .executeTakeFirst()
      return before === undefined ? null : pullRequest(before)
    },

    async openByHead(key, head) {
      return (await ofRepository(key).where('head', '=', head).execute()).map(pullRequest)
    },

    async openByBase(key, baseBranch) {
      return (await ofRepository(key).where('base_branch', '=', baseBranch).execute()).map(pullRequest)
    },
  }
}

const Row = z.object({
  installation: BigInteger,
  repository: BigInteger,
  number: z.int(),
  head: z.string(),
  base_branch: z.string(),
  is_draft: z.boolean(),
})

function pullRequest(row: unknown): PullRequestRow {
  const { base_branch: baseBranch, is_draft: isDraft, ...same } = Row.parse(row)
  return { ...same, baseBranch, isDraft }
}
