import { Kysely, PGliteDialect, PostgresDialect } from 'kysely'
import { Pool } from 'pg'

import type { Log } from '../ports/log.ts'
import type { Queue, Worker } from '../ports/queue.ts'
import type { Stores } from '../ports/stores.ts'
import type { Redacted } from '../std/redacted.ts'
import { addJob } from './add-job.ts'
import { type Clock, systemClock } from './clock.ts'
import { takeDataDirectory } from './data-directory.ts'
import { type DeadLetter, deadLetters } from './dead-letters.ts'
import { deliveries, type KeptDeliveries } from './deliveries.ts'
import { openEmbedded } from './embedded.ts'
import { etags } from './etags.ts'
import { evaluations } from './evaluations.ts'
import { inspections } from './inspections.ts'
import { installations } from './installations.ts'
import { isMigrated, migrate } from './migrate.ts'
import { publications } from './publications.ts'
import { pullRequests } from './pull-requests.ts'
import { recoverJobs } from './recover-jobs.ts'
import { scans } from './scans.ts'
import type { Tables } from './tables.ts'
import { TableWorker } from './worker.ts'

/** Where everything is kept: embedded under a folder, or on a PostgreSQL server. */
export type DatabasePlace = { readonly dataDir: string; readonly image?: string } | { readonly url: Redacted }

export interface DatabaseSettings {
  readonly log: Log
  /** Jobs at once. */
  readonly concurrency?: number
  readonly clock?: Clock
  /** PostgreSQL's schema, made if it is missing. */
  readonly schema?: string
}

export interface Database {
  readonly stores: Stores
  readonly deliveries: KeptDeliveries
  readonly queue: Queue
  readonly worker: Worker
  /** Jobs that were given up, newest first. */
  deadLetters(limit: number): Promise<readonly DeadLetter[]>
  /** Whether it answers and has every table of this version. Rejects where it does not answer. */
  isMigrated(): Promise<boolean>
  /** Waits for the jobs that run. */
  close(): Promise<void>
}

/** Opens it and brings its tables up to date. Throws `UserError` where another process has the data directory. */
export async function openDatabase(place: DatabasePlace, settings: DatabaseSettings): Promise<Database> {
  return 'url' in place ? openServer(place.url, settings) : openDirectory(place, settings)
}

async function openServer(url: Redacted, settings: DatabaseSettings): Promise<Database> {
  const pool = new Pool({ connectionString: url.expose(), application_name: 'portcullis' })
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on('error', (error) => settings.log.warn({ error }, 'a connection to the database broke'))
  return closedOnFailure(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), settings)
}

async function openDirectory(
  { dataDir, image }: { readonly dataDir: string; readonly image?: string },
  settings: DatabaseSettings,
): Promise<Database> {
  const directory = takeDataDirectory(dataDir)
  try {
    const pglite = await openEmbedded(directory.path, image ?? null)
    const connection = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
    const database = await closedOnFailure(connection, { ...settings, isAlone: true })
    return {
      ...database,
      async close() {
        await database.close()
        directory.release()
      },
    }
  } catch (error) {
    directory.release()
    throw error
  }
}

async function closedOnFailure(connection: Kysely<Tables>, settings: OverSettings): Promise<Database> {
  try {
    return await databaseOver(connection, settings)
  } catch (error) {
    await connection.destroy()
    throw error
  }
}

interface OverSettings extends DatabaseSettings {
  /** No other process can be running jobs. */
  readonly isAlone?: boolean
}

/** Everything over a connection, with its tables up to date. */
export async function databaseOver(connection: Kysely<Tables>, settings: OverSettings): Promise<Database> {
  const { log, concurrency = 4, clock = systemClock, schema = 'portcullis', isAlone = false } = settings
  await migrate(connection, schema)
  const tables = connection.withSchema(schema)
  if (isAlone) await recoverJobs(tables, 'all', clock.now())
  const worker = new TableWorker(tables, { clock, log, concurrency })
  return {
    stores: stores(tables, clock),
    deliveries: deliveries(tables, clock),
    queue: {
      async add(job, { key }) {
        worker.wake(await addJob(tables, job, { key, now: clock.now() }))
      },
    },
    worker,
    deadLetters: (limit) => deadLetters(tables, limit),
    isMigrated: () => isMigrated(connection, schema),
    async close() {
      await worker.stop()
      await connection.destroy()
    },
  }
}

function stores(tables: Kysely<Tables>, clock: Clock): Stores {
  return {
    installations: installations(tables, clock),
    pullRequests: pullRequests(tables),
    evaluations: evaluations(tables),
    publications: publications(tables, clock),
    scans: scans(tables, clock),
    etags: etags(tables, clock),
    inspections: inspections(tables, clock),
  }
}
