import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'

import type { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'

import { type Clock, systemClock } from '../database/clock.ts'
import { type Database, databaseOver } from '../database/database.ts'
import { emptyDatabaseFile, openInMemory, writeEmptyDatabase } from '../database/embedded.ts'
import type { Tables } from '../database/tables.ts'
import { silentLog } from './silent-log.ts'

export interface TestDatabase extends Database {
  /** Its tables, to look at what the ports do not show, and to run a second worker on. */
  readonly tables: Kysely<Tables>
}

/** A database of its own for one test: a schema in the one PGlite that all tests of the process share. Close it. */
export async function testDatabase(
  settings: { readonly clock?: Clock; readonly concurrency?: number } = {},
): Promise<TestDatabase> {
  const pglite = await (shared ??= open())
  const schema = `test_${randomUUID().replaceAll('-', '')}`
  const dialect = new PGliteDialect({ pglite: keptOpen(pglite) })
  const connection = new Kysely<Tables>({ dialect })
  const { clock = systemClock, concurrency = 4 } = settings
  const database = await databaseOver(connection, { log: silentLog, clock, concurrency, schema })
  return {
    ...database,
    tables: connection.withSchema(schema),
    async close() {
      await database.close()
      await pglite.exec(`drop schema ${schema} cascade`)
    },
  }
}

/** The one thing that all tests share. It holds a timer, so it is closed after the last test of the process. */
let shared: Promise<PGlite> | null = null
after(async () => (await shared)?.close())

async function open(): Promise<PGlite> {
  return openInMemory(await emptyDatabaseImage())
}

/** The file that a new database is unpacked from; written by whoever needs it first. */
export async function emptyDatabaseImage(): Promise<string> {
  const folder = join(import.meta.dirname, '../../dist')
  const image = join(folder, emptyDatabaseFile)
  mkdirSync(folder, { recursive: true })
  if (!existsSync(image)) await writeEmptyDatabase(image)
  return image
}

function keptOpen(pglite: PGlite) {
  return {
    ready: true,
    waitReady: pglite.waitReady,
    closed: false,
    close: async () => {},
    query: pglite.query.bind(pglite),
    transaction: pglite.transaction.bind(pglite),
  }
}
