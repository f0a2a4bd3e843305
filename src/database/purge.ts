import { type Kysely, sql, type Transaction } from 'kysely'

import type { Tables } from './tables.ts'

/** Forgets an installation, or one of its repositories, all at once. What runs at the moment ends by itself. */
export async function purge(
  database: Kysely<Tables>,
  installation: number,
  repository?: number,
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    // Kept answers and scans do not say which repository they are of. Both are made again when they are missing.
    for (const table of ['scans', 'etags'] as const)
      await transaction.deleteFrom(table).where('installation', '=', installation).execute()
    if (repository === undefined) await purgeInstallation(transaction, installation)
    else await purgeRepository(transaction, installation, repository)
  })
}

const ofRepositories = ['pull_requests', 'evaluations', 'publications', 'inspections'] as const

async function purgeInstallation(transaction: Transaction<Tables>, installation: number): Promise<void> {
  for (const table of [
    ...ofRepositories,
    'repositories',
    'deliveries',
    'dead_jobs',
    'installations',
  ] as const)
    await transaction.deleteFrom(table).where('installation', '=', installation).execute()
  await purgeJobs(transaction, installation, null)
}

async function purgeRepository(
  transaction: Transaction<Tables>,
  installation: number,
  repository: number,
): Promise<void> {
  const named = await transaction
    .deleteFrom('repositories')
    .where('installation', '=', installation)
    .where('repository', '=', repository)
    .returning('name')
    .executeTakeFirst()
  for (const table of ofRepositories)
    await transaction
      .deleteFrom(table)
      .where('installation', '=', installation)
      .where('repository', '=', repository)
      .execute()
  if (named === undefined) return
  const name = named.name.toLowerCase()
  await transaction
    .deleteFrom('deliveries')
    .where('installation', '=', installation)
    .where(sql`lower(repository)`, '=', name)
    .execute()
  await transaction
    .deleteFrom('dead_jobs')
    .where('installation', '=', installation)
    .where(sql`lower(data ->> 'repository')`, '=', name)
    .execute()
  await purgeJobs(transaction, installation, name)
}

/** Rows of running jobs stay, else a second one of the key could start beside it. */
async function purgeJobs(
  transaction: Transaction<Tables>,
  installation: number,
  repository: string | null,
): Promise<void> {
  let waiting = transaction
    .updateTable('jobs')
    .set({ waiting: null, waiting_id: null, due: null, failures: 0 })
    .where('installation', '=', installation)
  if (repository !== null) waiting = waiting.where(sql`lower(waiting ->> 'repository')`, '=', repository)
  await waiting.execute()
  await transaction
    .deleteFrom('jobs')
    .where('installation', '=', installation)
    .where('waiting', 'is', null)
    .where('running', 'is', null)
    .execute()
}
