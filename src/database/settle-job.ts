import type { Kysely, Transaction } from 'kysely'
import { z } from 'zod'

import type { Claim } from './claim-job.ts'
import { collapse } from './collapse.ts'
import { asJson, BigInteger } from './columns.ts'
import { readJob } from './job-row.ts'
import { type Next, nextTry } from './retry.ts'
import type { Tables } from './tables.ts'

const idle = { running: null, running_id: null, running_by: null, running_until: null } as const

/** The job is done. Nothing happens where the claim was lost meanwhile. */
export async function completeJob(database: Kysely<Tables>, { row, id, by }: Claim): Promise<void> {
  await database
    .updateTable('jobs')
    .set({ ...idle, crashes: 0, hold_until: null })
    .where('row', '=', row)
    .where('running_id', '=', id)
    .where('running_by', '=', by)
    .execute()
}

/** The job failed: it waits for its next try, or becomes one with the job that waits, or is dead. */
export async function failJob(
  database: Kysely<Tables>,
  claim: Claim,
  failed: { readonly error: unknown; readonly now: Date },
): Promise<Next['kind'] | 'lost'> {
  const next = nextTry(claim.failures + 1, failed.error, failed.now)
  return database.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('jobs')
      .selectAll()
      .where('row', '=', claim.row)
      .where('running_id', '=', claim.id)
      .where('running_by', '=', claim.by)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return 'lost'
    const held = Held.parse(row)
    if (held.waiting === null && next.kind === 'dead') {
      await bury(transaction, held, { failures: claim.failures + 1, ...failed })
      return 'dead'
    }
    await waitAgain(transaction, { ...held, crashes: 0 }, next)
    return 'again'
  })
}

/** A row whose job runs. */
export const Held = z.object({
  row: BigInteger,
  installation: BigInteger,
  name: z.string(),
  key: z.string(),
  waiting: z.unknown(),
  waiting_id: z.string().nullable(),
  due: z.date().nullable(),
  failures: z.int(),
  crashes: z.int(),
  running: z.unknown(),
  running_id: z.string(),
})
export type Held = z.infer<typeof Held>

/** Puts the job that ran back. Where another waits, the two become one: that one is newer, and starts its tries afresh. */
export async function waitAgain(transaction: Transaction<Tables>, held: Held, next: Next): Promise<void> {
  const holdUntil = next.kind === 'again' ? next.holdUntil : null
  const [first, second] = [readJob(held.name, held.running), readJob(held.name, held.waiting)]
  const combined = first === null || second === null ? null : collapse(first, second).data
  const again = next.kind === 'again' ? { due: next.due, failures: next.failures } : {}
  const waits =
    held.waiting === null
      ? { waiting: asJson(held.running), waiting_id: held.running_id, ...again }
      : { waiting: asJson(combined ?? held.waiting), due: latest(held.due, holdUntil) }
  await transaction
    .updateTable('jobs')
    .set({ ...idle, ...waits, crashes: held.crashes, hold_until: holdUntil })
    .where('row', '=', held.row)
    .execute()
}

function latest(due: Date | null, holdUntil: Date | null): Date | null {
  return due !== null && holdUntil !== null && holdUntil > due ? holdUntil : due
}

async function bury(
  transaction: Transaction<Tables>,
  held: Held,
  died: { readonly failures: number; readonly error: unknown; readonly now: Date },
): Promise<void> {
  await transaction
    .insertInto('dead_jobs')
    .values({
      id: held.running_id,
      installation: held.installation,
      name: held.name,
      key: held.key,
      data: asJson(held.running),
      failures: died.failures,
      // The class alone: the message of an error that nobody foresaw may hold anything.
      failure: died.error instanceof Error ? died.error.name : 'unknown',
      died_at: died.now,
    })
    .execute()
  await transaction
    .updateTable('jobs')
    .set({ ...idle, crashes: 0, failures: 0 })
    .where('row', '=', held.row)
    .execute()
}
