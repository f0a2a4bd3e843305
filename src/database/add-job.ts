import { randomUUID } from 'node:crypto'

import type { Kysely } from 'kysely'

import type { Job } from '../ports/queue.ts'
import { collapse } from './collapse.ts'
import { asJson, BigInteger } from './columns.ts'
import { readJob } from './job-row.ts'
import type { Tables } from './tables.ts'

/** From the start of one job to the earliest start of the next of the same name and key. */
const restMs = 3_000

/** Adds a job, or makes it one with the one that waits. Says when it is due. */
export async function addJob(
  database: Kysely<Tables>,
  job: Job,
  { key, now }: { readonly key: string; readonly now: Date },
): Promise<Date> {
  const { name, data } = job
  return database.transaction().execute(async (transaction) => {
    // The update changes nothing: it locks the row, so that what is read here still holds when it is written.
    const locked = await transaction
      .insertInto('jobs')
      .values({ installation: data.installation, name, key, failures: 0 })
      .onConflict((conflict) => conflict.columns(['installation', 'name', 'key']).doUpdateSet({ key }))
      .returning(['row', 'waiting', 'waiting_id', 'started', 'hold_until'])
      .executeTakeFirstOrThrow()
    const due = earliestStart(now, locked.started, locked.hold_until)
    const first = readJob(name, locked.waiting)
    await transaction
      .updateTable('jobs')
      .set({
        // One that is not understood any more could not have been run either.
        waiting: asJson((first === null ? job : collapse(first, job)).data),
        waiting_id: locked.waiting_id ?? randomUUID(),
        due,
        failures: 0,
      })
      .where('row', '=', BigInteger.parse(locked.row))
      .execute()
    return due
  })
}

function earliestStart(now: Date, started: Date | null, holdUntil: Date | null): Date {
  const rested = started === null ? 0 : started.getTime() + restMs
  return new Date(Math.max(now.getTime(), rested, holdUntil?.getTime() ?? 0))
}
