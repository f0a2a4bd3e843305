import type { Kysely } from 'kysely'
import { z } from 'zod'

import type { Tables } from './tables.ts'

/** A job that was given up. */
export interface DeadLetter {
  readonly id: string
  readonly name: string
  readonly key: string
  readonly data: unknown
  readonly failures: number
  /** Class of the last error. */
  readonly failure: string
  readonly diedAt: Date
}

/** Jobs that were given up, newest first. */
export async function deadLetters(database: Kysely<Tables>, limit: number): Promise<readonly DeadLetter[]> {
  const rows = await database
    .selectFrom('dead_jobs')
    .selectAll()
    .orderBy('died_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => {
    const { died_at: diedAt, ...same } = Row.parse(row)
    return { ...same, diedAt }
  })
}

const Row = z.object({
  id: z.string(),
  name: z.string(),
  key: z.string(),
  data: z.unknown(),
  failures: z.int(),
  failure: z.string(),
  died_at: z.date(),
})
