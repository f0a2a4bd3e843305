import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

import { handlersWith } from '../testing/handlers.ts'
import { silentLog } from '../testing/silent-log.ts'
import { emptyDatabaseImage } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { takeDataDirectory } from './data-directory.ts'
import { openDatabase } from './database.ts'

async function withFolder(test: (dataDir: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-'))
  try {
    await test(join(folder, 'data'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A process on the directory, and the lines that it said so far. */
async function start(dataDir: string, round = '0'): Promise<{ child: ChildProcess; lines: string[] }> {
  const script = fileURLToPath(new URL('../testing/database-process.ts', import.meta.url))
  const args = [script, dataDir, await emptyDatabaseImage(), round]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  await Promise.race([once(child.stdout, 'data'), once(child, 'close')])
  return { child, lines }
}

async function kill(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

describe('a data directory', () => {
  it('is made for this user alone', () =>
    withFolder(async (dataDir) => {
      const directory = takeDataDirectory(dataDir)

      assert.equal(statSync(dataDir).mode & 0o777, 0o700)
      directory.release()
    }))

  it('is refused to a second process with a sentence, and free again when the first is killed', () =>
    withFolder(async (dataDir) => {
      const { child } = await start(dataDir)

      const second = await start(dataDir)
      await once(second.child, 'close')
      const here = () => takeDataDirectory(dataDir)
      assert.throws(here, { code: 'data-dir-locked' })
      await kill(child)

      assert.equal(second.child.exitCode, 2)
      assert.match(
        second.lines.join('\n'),
        /^data-dir-locked Another Portcullis process is using .*Stop it, or/,
      )
      here().release()
    }))

  it('loses nothing that was acknowledged when the process is killed at any moment', () =>
    withFolder(async (dataDir) => {
      const acknowledged: string[] = []
      for (const [round, lineCount] of [40, 3, 25].entries()) {
        const { child, lines } = await start(dataDir, String(round))
        await once(child.stdout ?? child, 'data')
        await new Promise<void>((resolve) => {
          const look = () => (lines.length > lineCount ? resolve() : child.stdout?.once('data', look))
          look()
        })
        await kill(child)
        acknowledged.push(...lines.filter((line) => /^guid-\d+$/.test(line)))
      }

      const database = await openDatabase({ dataDir }, { log: silentLog })
      const ran = new Set<number>()
      const stored = (await database.deliveries.pending(100_000)).map(({ guid }) => guid)
      const expected = new Set(acknowledged.map((guid) => Number(guid.split('-')[1])))
      const run = async ({ number }: { readonly number: number }) => void ran.add(number)
      await database.worker.start(handlersWith({ 'evaluate-pull-request': run }))
      await until(() => [...expected].every((number) => ran.has(number)))
      await database.close()

      assert.ok(acknowledged.length > 60, `${acknowledged.length}`)
      assert.deepEqual(
        acknowledged.filter((guid) => !stored.includes(guid)),
        [],
      )
    }))

  it('begins anew when a process ended before its database was whole', () =>
    withFolder(async (dataDir) => {
      takeDataDirectory(join(dataDir, 'database.new')).release()

      const database = await openDatabase({ dataDir, image: await emptyDatabaseImage() }, { log: silentLog })
      const isMigrated = await database.isMigrated()
      await database.close()

      assert.ok(isMigrated)
      assert.ok(!existsSync(join(dataDir, 'database.new')))
    }))
})
