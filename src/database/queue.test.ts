import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { GitHubUnavailable } from '../ports/github-errors.ts'
import type { Attempt, DataOf, Handlers, Job } from '../ports/queue.ts'
import { handlersWith } from '../testing/handlers.ts'
import { type ManualClock, manualClock } from '../testing/manual-clock.ts'
import { silentLog } from '../testing/silent-log.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { until } from '../testing/until.ts'
import { claimJob } from './claim-job.ts'
import { recoverJobs } from './recover-jobs.ts'
import { TableWorker } from './worker.ts'

type Evaluate = DataOf<'evaluate-pull-request'>
const job = (number = 1, rescan?: 'again' | 'fresh'): Job => ({
  name: 'evaluate-pull-request',
  data: { installation: 1, repository: 'acme/app', number, ...(rescan === undefined ? {} : { rescan }) },
})
const key = 'a'

/** One handler for both jobs of a pull request. */
function handlers(evaluate: (data: Evaluate, attempt: Attempt) => Promise<void>): Handlers {
  return handlersWith({ 'evaluate-pull-request': evaluate, 'clean-up-pull-request': evaluate })
}

async function withDatabase(
  test: (database: TestDatabase, clock: ManualClock) => Promise<void>,
): Promise<void> {
  const clock = manualClock()
  const database = await testDatabase({ clock })
  try {
    await test(database, clock)
  } finally {
    await database.close()
  }
}

/** Nothing runs and nothing is due. */
async function isIdle({ tables }: TestDatabase, clock: ManualClock): Promise<boolean> {
  const busy = await tables
    .selectFrom('jobs')
    .select('row')
    .where((at) => at.or([at('running', 'is not', null), at('due', '<=', clock.now())]))
    .execute()
  return busy.length === 0
}

describe('the queue', () => {
  it('runs 30 jobs of a key within 3 s as two: at once, and 3 s after that', () =>
    withDatabase(async (database, clock) => {
      const [start, starts] = [clock.now().getTime(), [] as number[]]
      await database.worker.start(handlers(async () => void starts.push(clock.now().getTime() - start)))

      for (let index = 0; index < 30; index += 1) {
        await database.queue.add(job(), { key })
        await until(() => isIdle(database, clock))
        clock.advance(99)
      }
      for (const ms of [30, 10_000]) {
        clock.advance(ms)
        await until(() => isIdle(database, clock))
      }

      assert.deepEqual(starts, [0, 3_000])
    }))

  it('runs one more for what comes while a long job runs, as soon as that ends', () =>
    withDatabase(async (database, clock) => {
      const first = Promise.withResolvers<void>()
      const started: (string | undefined)[] = []
      await database.worker.start(
        handlers(async ({ rescan }) => {
          started.push(rescan)
          if (started.length === 1) await first.promise
        }),
      )
      await database.queue.add(job(), { key })
      await until(() => started.length === 1)

      for (const rescan of ['again', 'fresh', undefined] as const) {
        clock.advance(4_000)
        await database.queue.add(job(1, rescan), { key })
      }
      const whileItRan = started.length
      first.resolve()
      await until(() => started.length > 1)

      assert.equal(whileItRan, 1)
      assert.deepEqual(started, [undefined, 'fresh'])
    }))

  it('never runs two of a key, whatever their names', () =>
    withDatabase(async (database) => {
      const gate = Promise.withResolvers<void>()
      const names: string[] = []
      const evaluate = async () => {
        names.push('evaluate')
        await gate.promise
      }
      const cleanUp = async () => void names.push('clean up')
      await database.worker.start({ ...handlers(evaluate), 'clean-up-pull-request': cleanUp })
      await database.queue.add(job(), { key })
      await until(() => names.length === 1)

      await database.queue.add({ name: 'clean-up-pull-request', data: { ...referenceOf(1) } }, { key })
      await database.queue.add(job(2), { key: 'b' })
      await until(() => names.length === 2)
      gate.resolve()
      await until(() => names.length === 3)

      assert.deepEqual(names, ['evaluate', 'evaluate', 'clean up'])
    }))

  it('runs as many jobs at once as it may', () =>
    withDatabase(async (database) => {
      const gate = Promise.withResolvers<void>()
      let [running, most, done] = [0, 0, 0]
      for (let index = 0; index < 10; index += 1) await database.queue.add(job(index), { key: `${index}` })

      await database.worker.start(
        handlers(async () => {
          running += 1
          most = Math.max(most, running)
          await gate.promise
          running -= 1
          done += 1
        }),
      )
      await until(() => running === 4)
      gate.resolve()
      await until(() => done === 10)

      assert.equal(most, 4)
    }))

  it('tries five times within ten minutes, later each time, then keeps the dead letter', () =>
    withDatabase(async (database, clock) => {
      const start = clock.now().getTime()
      const tries: (readonly [number, boolean])[] = []
      await database.worker.start(
        handlers(async (_, { isLast }) => {
          tries.push([clock.now().getTime() - start, isLast])
          throw new RangeError('a message that may hold anything')
        }),
      )
      await database.queue.add(job(), { key })
      for (const ms of [0, 15_000, 45_000, 135_000, 405_000, 3_600_000]) {
        clock.advance(ms)
        await until(() => isIdle(database, clock))
      }

      assert.deepEqual(tries, [
        [0, false],
        [15_000, false],
        [60_000, false],
        [195_000, false],
        [600_000, true],
      ])
      const [dead] = await database.deadLetters(10)
      assert.deepEqual([dead?.key, dead?.failures, dead?.failure], [key, 5, 'RangeError'])
    }))

  it('waits as long as GitHub asks to, also for what is added meanwhile, and does not count the try', () =>
    withDatabase(async (database, clock) => {
      const start = clock.now()
      const tries: number[] = []
      await database.worker.start(
        handlers(async () => {
          tries.push(clock.now().getTime() - start.getTime())
          if (tries.length > 9) return
          throw new GitHubUnavailable('later', new Date(clock.now().getTime() + 60_000))
        }),
      )
      await database.queue.add(job(), { key })
      await until(() => isIdle(database, clock))
      await database.queue.add(job(), { key })
      for (let minute = 0; minute < 12; minute += 1) {
        clock.advance(60_000)
        await until(() => isIdle(database, clock))
      }

      assert.deepEqual(
        tries,
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((minute) => minute * 60_000),
      )
      assert.deepEqual(await database.deadLetters(10), [])
    }))

  it('makes a failed job and the one that came meanwhile one, and keeps its rescan', () =>
    withDatabase(async (database, clock) => {
      const gate = Promise.withResolvers<void>()
      const started: (string | undefined)[] = []
      await database.worker.start(
        handlers(async ({ rescan }) => {
          started.push(rescan)
          await gate.promise
          if (started.length === 1) throw new Error('once')
        }),
      )
      await database.queue.add(job(1, 'fresh'), { key })
      await until(() => started.length === 1)
      await database.queue.add(job(1, 'again'), { key })
      gate.resolve()
      await until(async () => (await runningIn(database)) === 0)
      clock.advance(600_000)
      await until(() => isIdle(database, clock))

      assert.deepEqual(started, ['fresh', 'fresh'])
    }))

  it('runs at once what another process was running when it ended', () =>
    withDatabase(async (database, clock) => {
      const now = clock.now()
      await database.queue.add(job(1, 'fresh'), { key })
      await claimJob(database.tables, { by: 'gone', now, until: new Date(now.getTime() + 60_000) })
      const started: (string | undefined)[] = []

      await recoverJobs(database.tables, 'all', now)
      await database.worker.start(handlers(async ({ rescan }) => void started.push(rescan)))
      await until(() => started.length === 1)

      assert.deepEqual(started, ['fresh'])
    }))

  it('takes over what a worker elsewhere has not vouched for in a minute, and not before', () =>
    withDatabase(async (database, clock) => {
      const now = clock.now()
      await database.queue.add(job(), { key })
      await claimJob(database.tables, { by: 'gone', now, until: new Date(now.getTime() + 60_000) })

      const early = await recoverJobs(database.tables, 'expired', new Date(now.getTime() + 60_000))
      const late = await recoverJobs(database.tables, 'expired', new Date(now.getTime() + 60_001))

      assert.deepEqual([early, late], [0, 1])
    }))

  it('loses none and runs no key twice at once with two workers', () =>
    withDatabase(async (database, clock) => {
      const settings = { clock, log: silentLog, concurrency: 4 }
      const workers = [1, 2].map(() => new TableWorker(database.tables, settings))
      const running = new Set<string>()
      const [done, by] = [new Set<number>(), new Set<number>()]
      let collisions = 0
      for (const [index, worker] of workers.entries())
        await worker.start(
          handlers(async ({ number }) => {
            const at = `${number % 20}`
            if (running.has(at)) collisions += 1
            running.add(at)
            await new Promise(setImmediate)
            running.delete(at)
            done.add(number % 20)
            by.add(index)
          }),
        )

      for (let index = 0; index < 100; index += 1) {
        await database.queue.add(job(index), { key: `${index % 20}` })
        for (const worker of workers) worker.wake(clock.now())
      }
      await until(async () => {
        clock.advance(3_000)
        const left = await database.tables
          .selectFrom('jobs')
          .select('row')
          .where('waiting', 'is not', null)
          .execute()
        return left.length === 0 && (await isIdle(database, clock))
      })
      await Promise.all(workers.map((worker) => worker.stop()))

      assert.deepEqual([collisions, done.size, by.size], [0, 20, 2])
    }))

  it('leaves a name that this version does not know for one that does', () =>
    withDatabase(async (database, clock) => {
      await database.queue.add(job(), { key })
      await database.tables.updateTable('jobs').set({ name: 'of-tomorrow' }).execute()

      const now = clock.now()

      assert.equal(await claimJob(database.tables, { by: 'me', now, until: now }), null)
    }))
})

function referenceOf(number: number) {
  return { installation: 1, repository: 'acme/app', number }
}

async function runningIn({ tables }: TestDatabase): Promise<number> {
  return (await tables.selectFrom('jobs').select('row').where('running', 'is not', null).execute()).length
}
