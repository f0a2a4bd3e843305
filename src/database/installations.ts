import { randomBytes } from 'node:crypto'

import { type Kysely, sql } from 'kysely'

import type { Installations, RepositoryKey } from '../ports/stores.ts'
import { Redacted } from '../std/redacted.ts'
import type { Clock } from './clock.ts'
import { BigInteger } from './columns.ts'
import { purge } from './purge.ts'
import type { Tables } from './tables.ts'

/** Installations, and the names of their repositories. */
export function installations(database: Kysely<Tables>, clock: Clock): Installations {
  return {
    async add(installation) {
      await insertInstallation(database, installation)
    },

    async fingerprintKey(installation) {
      await insertInstallation(database, installation)
      const row = await database
        .selectFrom('installations')
        .select('fingerprint_key')
        .where('installation', '=', installation)
        .executeTakeFirstOrThrow()
      return new Redacted(row.fingerprint_key)
    },

    purge: (installation, repository) => purge(database, installation, repository),

    async repositoryId(installation, fullName) {
      // A name that was given up can be taken by another repository, so the one that got it last is meant.
      const row = await database
        .selectFrom('repositories')
        .select('repository')
        .where('installation', '=', installation)
        .where(sql`lower(name)`, '=', fullName.toLowerCase())
        .orderBy('named_at', 'desc')
        .executeTakeFirst()
      return row === undefined ? null : BigInteger.parse(row.repository)
    },

    async nameRepository({ installation, repository }: RepositoryKey, fullName) {
      const named = { name: fullName, named_at: clock.now() }
      await database
        .insertInto('repositories')
        .values({ installation, repository, ...named })
        .onConflict((conflict) => conflict.columns(['installation', 'repository']).doUpdateSet(named))
        .execute()
    },
  }
}

/** Makes the key with the row, so that there is never an installation without one, nor one with two. */
export async function insertInstallation(database: Kysely<Tables>, installation: number): Promise<void> {
  await database
    .insertInto('installations')
    .values({ installation, fingerprint_key: randomBytes(32).toString('hex'), evaluations: 0 })
    .onConflict((conflict) => conflict.column('installation').doNothing())
    .execute()
}
