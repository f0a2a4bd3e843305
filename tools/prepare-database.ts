import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { emptyDatabaseFile, writeEmptyDatabase } from '../src/database/embedded.ts'

/**
 * Writes the empty database that the first start of an embedded one is unpacked from, unless that of this version of
 * PGlite is there. It takes two seconds, which then neither `npm run demo` nor a new installation waits for.
 */
const folder = fileURLToPath(new URL('../dist/', import.meta.url))
if (!existsSync(join(folder, emptyDatabaseFile))) {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (name.startsWith('empty-database-')) rmSync(join(folder, name))
  }
  await writeEmptyDatabase(join(folder, emptyDatabaseFile))
}
