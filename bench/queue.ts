import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openDatabase } from '../src/database/database.ts'
import type { Database } from '../src/database/database.ts'
import { Redacted } from '../src/std/redacted.ts'
import { handlersWith } from '../src/testing/handlers.ts'
import { silentLog } from '../src/testing/silent-log.ts'
import type { Figures } from './figures.ts'

const jobs = 1_000

/** From `add()` to the start of the handler: embedded, or on the PostgreSQL of BENCH_DATABASE_URL. */
export async function queue(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
  const url = process.env['BENCH_DATABASE_URL']
  const place = url === undefined ? { dataDir: folder } : { url: new Redacted(url) }
  const database = await openDatabase(place, { log: silentLog, schema: `bench_${process.pid}` })
  try {
    return await measure(database)
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure({ worker, queue: added }: Database): Promise<Figures> {
  const started = new Map<number, () => void>()
  const start = async ({ number }: { readonly number: number }) => started.get(number)?.()
  await worker.start(handlersWith({ 'evaluate-pull-request': start }))

  async function latencyOf(number: number): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<void>()
    started.set(number, resolve)
    const from = performance.now()
    const data = { installation: 1, repository: 'acme/app', number }
    await added.add({ name: 'evaluate-pull-request', data }, { key: `${number}` })
    await promise
    return performance.now() - from
  }
  const oneByOne: number[] = []
  for (let number = 0; number < jobs; number += 1) oneByOne.push(await latencyOf(number))
  const begun = performance.now()
  const together = await Promise.all(Array.from({ length: jobs }, (_, index) => latencyOf(jobs + index)))
  return {
    times: [
      { what: 'add() to start, one by one', ms: oneByOne },
      { what: `add() to start, ${jobs} at once`, ms: together },
    ],
    notes: [`${jobs} jobs at once take ${(performance.now() - begun).toFixed(0)} ms in all`],
  }
}
