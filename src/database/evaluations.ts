import { type Kysely, sql } from 'kysely'

import type { EvaluationRow, Evaluations, EvaluationSubject, RepositoryKey } from '../ports/stores.ts'
import { asJson, BigInteger } from './columns.ts'
import { evaluation } from './evaluation-row.ts'
import { newInstallation } from './installations.ts'
import type { Tables } from './tables.ts'

/** What was decided, when, and on what grounds. */
export function evaluations(database: Kysely<Tables>): Evaluations {
  return {
    async next(installation) {
      const row = await database
        .insertInto('installations')
        .values({ ...newInstallation(installation), evaluations: 1 })
        .onConflict((conflict) =>
          conflict
            .column('installation')
            .doUpdateSet({ evaluations: sql<number>`installations.evaluations + 1` }),
        )
        .returning('evaluations')
        .executeTakeFirstOrThrow()
      return BigInteger.parse(row.evaluations)
    },

    async finish(row) {
      const values = columns(row)
      await database
        .insertInto('evaluations')
        .values(values)
        .onConflict((conflict) =>
          conflict
            .columns(['installation', 'repository', 'subject', 'check_name', 'number'])
            .doUpdateSet(values),
        )
        .execute()
    },

    async latest(subject, check) {
      const row = await latest(database, subject, check)
      return row === undefined ? null : evaluation(row)
    },

    async latestByHead(key, head, check) {
      return (await latestByHead(database, key, { head, check })).map(evaluation)
    },
  }
}

async function latest(
  database: Kysely<Tables>,
  { installation, repository, subject }: EvaluationSubject,
  check: string,
): Promise<unknown> {
  return database
    .selectFrom('evaluations')
    .selectAll()
    .where('installation', '=', installation)
    .where('repository', '=', repository)
    .where('subject', '=', subject)
    .where('check_name', '=', check)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function latestByHead(
  database: Kysely<Tables>,
  { installation, repository }: RepositoryKey,
  { head, check }: { readonly head: string; readonly check: string },
): Promise<readonly unknown[]> {
  return database
    .selectFrom('evaluations as e')
    .innerJoin('pull_requests as p', (join) =>
      join
        .onRef('p.installation', '=', 'e.installation')
        .onRef('p.repository', '=', 'e.repository')
        .onRef('p.head', '=', 'e.head')
        .on(sql`'pull/' || p.number`, '=', sql.ref('e.subject')),
    )
    .selectAll('e')
    .distinctOn('e.subject')
    .where('e.installation', '=', installation)
    .where('e.repository', '=', repository)
    .where('e.head', '=', head)
    .where('e.check_name', '=', check)
    .orderBy('e.subject')
    .orderBy('e.number', 'desc')
    .execute()
}

function columns(row: EvaluationRow) {
  return {
    installation: row.installation,
    repository: row.repository,
    subject: row.subject,
    check_name: row.check,
    number: row.number,
    head: row.head,
    base: row.base,
    trees: asJson(row.trees),
    policy_digest: row.policyDigest,
    policy_epoch: row.policyEpoch,
    rules_digest: row.rulesDigest,
    facts_digest: row.factsDigest,
    approvals: asJson(row.approvals),
    outcome: row.outcome,
    verdict: asJson(row.verdict),
    previous: row.previous,
  }
}
