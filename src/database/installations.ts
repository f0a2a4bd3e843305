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
      const known = await keyOf(database, installation)
      if (known !== null) return known
      await insertInstallation(database, installation)
      const made = await keyOf(database, installation)
      if (made === null) throw new Error('the installation was removed meanwhile')
      return made
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

async function keyOf(database: Kysely<Tables>, installation: number): Promise<Redacted | null> {
  const row = await database
    .selectFrom('installations')
    .select('fingerprint_key')
    .where('installation', '=', installation)
    .executeTakeFirst()
  return row === undefined ? null : new Redacted(row.fingerprint_key)
}

/** With the key in it, so that there is never an installation without one, nor one with two. */
export function newInstallation(installation: number) {
  return { installation, fingerprint_key: randomBytes(32).toString('hex'), evaluations: 0 }
}

async function insertInstallation(database: Kysely<Tables>, installation: number): Promise<void> {
  await database
    .insertInto('installations')
    .values(newInstallation(installation))
    .onConflict((conflict) => conflict.column('installation').doNothing())
    .execute()
}
