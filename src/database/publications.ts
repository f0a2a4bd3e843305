import type { ExpressionBuilder, Kysely } from 'kysely'
import { z } from 'zod'

import type { PublicationKey, Publications, Published } from '../ports/stores.ts'
import type { Clock } from './clock.ts'
import { BigInteger } from './columns.ts'
import type { Tables } from './tables.ts'

/** Who may write which check at which head, and what stands there. */
export function publications(database: Kysely<Tables>, clock: Clock): Publications {
  return {
    async claim(key, evaluation, leaseMs) {
      const row = await take(database, key, { evaluation, now: clock.now(), leaseMs })
      if (row !== undefined) return { kind: 'claimed', last: published(row) }
      const standing = await standingAt(database, key)
      const isSuperseded = standing !== null && standing.evaluation > evaluation
      return { kind: isSuperseded ? 'superseded' : 'busy' }
    },

    async release(key, evaluation, written) {
      await database
        .updateTable('publications')
        .set({
          holder: null,
          lease_until: null,
          ...(written === null ? {} : columns(written)),
        })
        .where((at) => at.and(columnsOf(key)))
        // Whoever took over after the lease says what stands there now.
        .where('holder', '=', evaluation)
        .execute()
    },
  }
}

interface Taking {
  readonly evaluation: number
  readonly now: Date
  readonly leaseMs: number
}

/** One statement, so that of two who ask at the same time one gets it. Nothing comes back where it was not given. */
async function take(database: Kysely<Tables>, key: PublicationKey, taking: Taking): Promise<unknown> {
  const { evaluation, now } = taking
  const held = { holder: evaluation, lease_until: new Date(now.getTime() + taking.leaseMs) }
  return database
    .insertInto('publications')
    .values({ ...columnsOf(key), ...held })
    .onConflict((conflict) =>
      conflict
        .columns(['installation', 'repository', 'check_name', 'head'])
        .doUpdateSet(held)
        .where((at) => at.and([isNotNewer(at, evaluation), isFree(at, evaluation, now)])),
    )
    .returning(['evaluation', 'digest', 'check_run', 'is_completed'])
    .executeTakeFirst()
}

type At = ExpressionBuilder<Tables, 'publications'>

function isNotNewer(at: At, evaluation: number) {
  return at.or([at('publications.evaluation', 'is', null), at('publications.evaluation', '<=', evaluation)])
}

function isFree(at: At, evaluation: number, now: Date) {
  return at.or([
    at('publications.holder', 'is', null),
    at('publications.holder', '=', evaluation),
    at('publications.lease_until', '<=', now),
  ])
}

async function standingAt(database: Kysely<Tables>, key: PublicationKey): Promise<Published | null> {
  const row = await database
    .selectFrom('publications')
    .select(['evaluation', 'digest', 'check_run', 'is_completed'])
    .where((at) => at.and(columnsOf(key)))
    .executeTakeFirst()
  return row === undefined ? null : published(row)
}

function columnsOf({ installation, repository, check, head }: PublicationKey) {
  return { installation, repository, check_name: check, head }
}

function columns({ evaluation, digest, checkRun, isCompleted }: Published) {
  return { evaluation, digest, check_run: checkRun, is_completed: isCompleted }
}

const Row = z.union([
  z.object({ evaluation: z.null() }),
  z.object({
    evaluation: BigInteger,
    digest: z.string(),
    check_run: BigInteger,
    is_completed: z.boolean(),
  }),
])

function published(from: unknown): Published | null {
  const row = Row.parse(from)
  if (row.evaluation === null) return null
  const { evaluation, digest, check_run: checkRun, is_completed: isCompleted } = row
  return { evaluation, digest, checkRun, isCompleted }
}
