import type { Kysely } from 'kysely'
import { z } from 'zod'

import type { Deliveries, StoredDelivery } from '../ports/delivery.ts'
import type { Clock } from './clock.ts'
import { asJson, BigInteger } from './columns.ts'
import { Job } from './job-row.ts'
import type { Tables } from './tables.ts'

export interface KeptDeliveries extends Deliveries {
  /** Forgets those that were dispatched and came before `before`; how many. GitHub redelivers for three days at most. */
  forget(before: Date): Promise<number>
}

/** The outbox. */
export function deliveries(database: Kysely<Tables>, clock: Clock): KeptDeliveries {
  return {
    async insert({ jobs, ...delivery }) {
      const row = await database
        .insertInto('deliveries')
        .values({ ...delivery, jobs: asJson(jobs), received_at: clock.now() })
        .onConflict((conflict) => conflict.column('guid').doNothing())
        .returning('guid')
        .executeTakeFirst()
      return row === undefined ? 'known' : 'stored'
    },

    async pending(limit) {
      const rows = await database
        .selectFrom('deliveries')
        .select(['guid', 'event', 'action', 'installation', 'repository', 'jobs'])
        .where('dispatched_at', 'is', null)
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map((row): StoredDelivery => Row.parse(row))
    },

    async dispatched(guid) {
      await database
        .updateTable('deliveries')
        .set({ dispatched_at: clock.now() })
        .where('guid', '=', guid)
        .execute()
    },

    async forget(before) {
      const { numDeletedRows } = await database
        .deleteFrom('deliveries')
        .where('dispatched_at', 'is not', null)
        .where('received_at', '<', before)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

const Row = z.object({
  guid: z.string(),
  event: z.string(),
  action: z.string().nullable(),
  installation: BigInteger.nullable(),
  repository: z.string().nullable(),
  jobs: z.array(z.object({ job: Job, key: z.string() })),
})
