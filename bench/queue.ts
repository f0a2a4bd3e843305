import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openDatabase } from '../src/database/database.ts'
import { Redacted } from '../src/std/redacted.ts'
import { handlersWith } from '../src/testing/handlers.ts'
import { silentLog } from '../src/testing/silent-log.ts'

/** From `add()` to the start of the handler, on the embedded database or, given a URL in argv, on PostgreSQL. */
const jobs = 1_000
const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'))
const url = process.argv[2]
const opening = performance.now()
const place = url === undefined ? { dataDir: folder } : { url: new Redacted(url) }
const schema = `bench_${process.pid}`
const database = await openDatabase(place, { log: silentLog, schema })
print('first start', [performance.now() - opening])

const started = new Map<number, () => void>()
const start = async ({ number }: { readonly number: number }) => started.get(number)?.()
await database.worker.start(handlersWith({ 'evaluate-pull-request': start }))

const oneByOne: number[] = []
for (let number = 0; number < jobs; number += 1) oneByOne.push(await latencyOf(number))
print('add() to start, one by one', oneByOne)

const begun = performance.now()
const together = await Promise.all(Array.from({ length: jobs }, (_, index) => latencyOf(jobs + index)))
print(`add() to start, ${jobs} at once`, together)
print(`${jobs} jobs in all`, [performance.now() - begun])

await database.close()
rmSync(folder, { recursive: true, force: true })

async function latencyOf(number: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>()
  started.set(number, resolve)
  const from = performance.now()
  const data = { installation: 1, repository: 'acme/app', number }
  await database.queue.add({ name: 'evaluate-pull-request', data }, { key: `${number}` })
  await promise
  return performance.now() - from
}

function print(what: string, values: readonly number[]): void {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  const line = values.length === 1 ? `${at(0)} ms` : `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`
  process.stdout.write(`${what}: ${line}\n`)
}
