import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { z } from 'zod'

import { UserError } from '../std/user-error.ts'

/** A folder that no other process works in until it is given back. */
export interface DataDirectory {
  readonly path: string
  release(): void
}

/**
 * Takes DATA_DIR for this process: two on one embedded database lose each other's rows without an error. The lock is
 * the operating system's, by way of SQLite, so it goes with the process however that ends. Made if it is missing, and
 * closed to everybody else. Throws `UserError` where another process has it.
 */
export function takeDataDirectory(dataDir: string): DataDirectory {
  const path = resolve(dataDir)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  const lock = new DatabaseSync(join(path, 'lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (isBusy(error)) throw taken(path, error)
    throw error
  }
  return { path, release: () => lock.close() }
}

/** SQLITE_BUSY, https://sqlite.org/rescode.html#busy */
const Busy = z.object({ errcode: z.literal(5) })

function isBusy(error: unknown): boolean {
  return Busy.safeParse(error).success
}

function taken(path: string, cause: unknown): UserError {
  return new UserError(
    {
      code: 'data-dir-locked',
      message: `Another Portcullis process is using the data directory ${path}.`,
      remediation:
        'Stop it, or give this one a DATA_DIR of its own; to run several, set DATABASE_URL to a PostgreSQL server.',
    },
    { cause },
  )
}
