import { type ExpressionBuilder, type Kysely, sql } from 'kysely'
import { z } from 'zod'

import { BigInteger } from './columns.ts'
import { jobNames } from './job-row.ts'
import type { JobColumns, Tables } from './tables.ts'

/** A job that a worker holds. */
export interface Claim {
  readonly row: number
  readonly id: string
  readonly name: string
  readonly key: string
  /** Not parsed yet: one that cannot be read fails like any other. */
  readonly data: unknown
  /** How often it failed before. */
  readonly failures: number
  /** The worker. */
  readonly by: string
}

/** Takes the job that is due longest and whose key is free, until `until`. Null where there is none. */
export async function claimJob(
  database: Kysely<Tables>,
  { by, now, until }: { readonly by: string; readonly now: Date; readonly until: Date },
): Promise<Claim | null> {
  try {
    const row = await database
      .updateTable('jobs')
      .set({
        running: sql<string>`waiting`,
        running_id: sql<string>`waiting_id`,
        running_by: by,
        running_until: until,
        started: now,
        waiting: null,
        waiting_id: null,
        due: null,
      })
      .where('row', '=', (at: ExpressionBuilder<Tables, 'jobs'>) => firstDue(at, now))
      .returning(['row', 'running_id as id', 'name', 'key', 'running as data', 'failures'])
      .executeTakeFirst()
    return row === undefined ? null : { ...Claimed.parse(row), by }
  } catch (error) {
    // Another process took one of the same key in the same moment. It wakes us when that one ends, or the poll does.
    if (isTaken(error)) return null
    throw error
  }
}

const Claimed = z.object({
  row: BigInteger,
  id: z.string(),
  name: z.string(),
  key: z.string(),
  data: z.unknown(),
  failures: z.int(),
})

/** Names that this version does not know stay for one that does. */
function firstDue(at: ExpressionBuilder<Tables, 'jobs'>, now: Date) {
  return at
    .selectFrom('jobs as j')
    .select('j.row')
    .where('j.waiting', 'is not', null)
    .where('j.due', '<=', now)
    .where('j.name', 'in', jobNames)
    .where((job) => job.not(job.exists(runningOfItsKey(job))))
    .orderBy('j.due')
    .orderBy('j.row')
    .limit(1)
    .forUpdate()
    .skipLocked()
}

function runningOfItsKey(job: ExpressionBuilder<{ j: JobColumns } & Tables, 'j'>) {
  return job
    .selectFrom('jobs as other')
    .select('other.row')
    .whereRef('other.installation', '=', 'j.installation')
    .whereRef('other.key', '=', 'j.key')
    .where('other.running', 'is not', null)
}

/** `unique_violation`, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UniqueViolation = z.object({ code: z.literal('23505') })

function isTaken(error: unknown): boolean {
  return UniqueViolation.safeParse(error).success
}

/** When the next job is due after `now`; null where none is. Those due already wait for their key. */
export async function nextDue(database: Kysely<Tables>, now: Date): Promise<Date | null> {
  const row = await database
    .selectFrom('jobs')
    .select('due')
    .where('waiting', 'is not', null)
    .where('due', '>', now)
    .orderBy('due')
    .limit(1)
    .executeTakeFirst()
  return row?.due ?? null
}
