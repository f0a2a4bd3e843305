import type { Kysely } from 'kysely'

import { Held, waitAgain } from './settle-job.ts'
import type { Tables } from './tables.ts'

/**
 * Makes jobs runnable again whose worker is gone. `all`: nobody else can be running one, as at the start of an embedded
 * database. `expired`: those that nobody has vouched for in time. How many.
 */
export async function recoverJobs(
  database: Kysely<Tables>,
  which: 'all' | 'expired',
  now: Date,
): Promise<number> {
  return database.transaction().execute(async (transaction) => {
    let orphans = transaction.selectFrom('jobs').selectAll().where('running', 'is not', null)
    if (which === 'expired') orphans = orphans.where('running_until', '<', now)
    const rows = (await orphans.forUpdate().skipLocked().execute()).map((row) => Held.parse(row))
    for (const held of rows) {
      const crashes = held.crashes + 1
      const due = new Date(now.getTime() + pauseMs(crashes))
      const { failures } = held
      await waitAgain(transaction, { ...held, crashes }, { kind: 'again', due, failures, holdUntil: null })
    }
    return rows.length
  })
}

/**
 * At once, as it is seldom the job's fault. One that ended the process three times running may be the cause, and must
 * leave the others time in between; it is never given up, because somebody may just be restarting often.
 */
function pauseMs(crashes: number): number {
  return crashes <= 3 ? 0 : Math.min(5_000 * 2 ** (crashes - 4), 30_000)
}

/** Vouches for jobs that a worker runs. Not for all that it claimed: one that could not be settled must expire. */
export async function vouch(
  database: Kysely<Tables>,
  { by, ids, until }: { readonly by: string; readonly ids: readonly string[]; readonly until: Date },
): Promise<void> {
  if (ids.length === 0) return
  await database
    .updateTable('jobs')
    .set({ running_until: until })
    .where('running_by', '=', by)
    .where('running_id', 'in', ids)
    .execute()
}

/** Forgets rows of keys that nothing happens to: the start that they remember is long enough ago. */
export async function pruneJobs(database: Kysely<Tables>, before: Date): Promise<void> {
  await database
    .deleteFrom('jobs')
    .where('waiting', 'is', null)
    .where('running', 'is', null)
    .where('started', '<', before)
    .execute()
}
