import { existsSync, renameSync, rmSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { PGlite } from '@electric-sql/pglite'

/** What the file of {@link writeEmptyDatabase} is called: only the same version of PGlite can open it. */
export const emptyDatabaseFile = 'empty-database-pglite-0.5.16.tar.gz'

/**
 * Opens the database of a data directory that this process holds the lock of. `image` is a file of
 * {@link writeEmptyDatabase}: with it a new database is unpacked instead of initialised, which takes seconds.
 */
export async function openEmbedded(dataDir: string, image: string | null): Promise<PGlite> {
  const path = join(dataDir, 'database')
  if (!existsSync(path)) await create(path, image)
  return PGlite.create(path, { startParams: [...PGlite.defaultStartParams, '-c', sharedBuffers] })
}

/**
 * PostgreSQL's own 128 MB are touched page by page, and every page of the process is paid for once more at each start of
 * git: 10 ms instead of 4. The file cache of the machine holds what is left out here.
 */
const sharedBuffers = 'shared_buffers=16MB'

/** One that lives in memory, for tests. */
export async function openInMemory(image: string | null): Promise<PGlite> {
  return PGlite.create(await from(image))
}

/** Writes the file that new databases begin from, 4.5 MB. */
export async function writeEmptyDatabase(file: string): Promise<void> {
  const database = await PGlite.create()
  const image = await database.dumpDataDir('gzip')
  await database.close()
  const unfinished = `${file}.${process.pid}`
  await writeFile(unfinished, image.stream())
  await rename(unfinished, file)
}

/** Under another name first: a process that ends in between must not leave half a database to open. */
async function create(path: string, image: string | null): Promise<void> {
  const unfinished = `${path}.new`
  rmSync(unfinished, { recursive: true, force: true })
  const database = await PGlite.create(unfinished, await from(image))
  await database.close()
  renameSync(unfinished, path)
}

async function from(image: string | null): Promise<{ loadDataDir?: Blob }> {
  return image !== null && existsSync(image) ? { loadDataDir: new Blob([await readFile(image)]) } : {}
}
