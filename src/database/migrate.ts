import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'

import { firstTables } from './migrations/0001-first-tables.ts'
import type { Tables } from './tables.ts'

/** One statement each; names without a schema are those of our own. */
export type Statements = readonly string[]

/** In this order, forward only. One that was released is never changed. */
const migrations: Readonly<Record<string, Statements>> = { '0001-first-tables': firstTables }

/** Brings the schema to what this version needs, all or nothing. Safe when several processes start at once. */
export async function migrate(database: Kysely<Tables>, schema: string): Promise<void> {
  const { error } = await migrator(database, schema).migrateToLatest()
  if (error !== undefined) throw new Error('The database could not be migrated.', { cause: error })
}

/** Whether every migration of this version has been made. */
export async function isMigrated(database: Kysely<Tables>, schema: string): Promise<boolean> {
  const known = await migrator(database, schema).getMigrations()
  return known.every(({ executedAt }) => executedAt !== undefined)
}

function migrator(database: Kysely<Tables>, schema: string): Migrator {
  const known: Record<string, Migration> = {}
  for (const [name, statements] of Object.entries(migrations)) known[name] = migration(statements, schema)
  return new Migrator({
    db: database,
    provider: { getMigrations: async () => known },
    migrationTableSchema: schema,
  })
}

function migration(statements: Statements, schema: string): Migration {
  return {
    async up(database) {
      // For this transaction alone, so the statements need not name the schema.
      await sql`set local search_path to ${sql.id(schema)}`.execute(database)
      for (const statement of statements) await sql.raw(statement).execute(database)
    },
  }
}
