import type { Kysely } from 'kysely'

import type { Etags } from '../ports/stores.ts'
import type { Clock } from './clock.ts'
import { asJson } from './columns.ts'
import type { Tables } from './tables.ts'

/** Answers of GitHub, for conditional requests. Whoever asks for one knows its shape and parses it. */
export function etags(database: Kysely<Tables>, clock: Clock): Etags {
  return {
    async get(installation, url) {
      const row = await database
        .selectFrom('etags')
        .select(['etag', 'value'])
        .where('installation', '=', installation)
        .where('url', '=', url)
        .executeTakeFirst()
      return row ?? null
    },

    async put(installation, url, { etag, value }) {
      const kept = { etag, value: asJson(value), kept_at: clock.now() }
      await database
        .insertInto('etags')
        .values({ installation, url, ...kept })
        .onConflict((conflict) => conflict.columns(['installation', 'url']).doUpdateSet(kept))
        .execute()
    },
  }
}
