import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { GitHubUnavailable } from '../ports/github-errors.ts'
import { jumpingClock } from '../testing/scripted-github.ts'
import { Budget } from './budget.ts'
import type { Priority } from './call.ts'
import type { Cost } from './quota.ts'

const start = Date.UTC(2026, 0, 2)
const minuteMs = 60_000
const read: Cost = { points: 1, isWrite: false, priority: 'facts' }
const write: Cost = { points: 5, isWrite: true, priority: 'result' }

/** Starts all at once, and says when each began, in which order, and how many ran side by side. */
async function spend(costs: readonly Cost[], deadlineMs: number) {
  const clock = jumpingClock(start)
  const budget = new Budget(clock.now, clock.timers)
  const starts: { at: number; cost: Cost }[] = []
  let [running, most] = [0, 0]
  const results = await Promise.allSettled(
    costs.map((cost) =>
      budget.run(cost, start + deadlineMs, async () => {
        starts.push({ at: clock.now(), cost })
        most = Math.max(most, ++running)
        await Promise.resolve()
        running -= 1
      }),
    ),
  )
  return { starts, most, results, clock }
}

function mostInAnyMinute(
  starts: readonly { at: number; cost: Cost }[],
  weight: (cost: Cost) => number,
): number {
  return Math.max(
    0,
    ...starts.map(({ at }) =>
      starts
        .filter((other) => other.at >= at && other.at < at + minuteMs)
        .map(({ cost }) => weight(cost))
        .reduce((sum, one) => sum + one, 0),
    ),
  )
}

describe('Budget', () => {
  it('never exceeds the points, the writes or the calls side by side, whatever is asked', async () => {
    const priority = fc.constantFrom<Priority>('result', 'facts', 'background')
    const cost = fc
      .record({ isWrite: fc.boolean(), priority })
      .map((one): Cost => ({ ...one, points: one.isWrite ? 5 : 1 }))
    await fc.assert(
      fc.asyncProperty(fc.array(cost, { minLength: 1, maxLength: 700, size: 'max' }), async (costs) => {
        const { starts, most, results } = await spend(costs, 3 * 3_600_000)

        assert.ok(mostInAnyMinute(starts, ({ points }) => points) <= 900)
        assert.ok(mostInAnyMinute(starts, ({ isWrite }) => (isWrite ? 1 : 0)) <= 80)
        assert.ok(most <= 10)
        assert.ok(results.every(({ status }) => status === 'fulfilled'))
      }),
      { numRuns: 20 },
    )
  })

  it('lets 80 writes begin in a minute, and the next when the first has left it', async () => {
    const { starts } = await spend(
      Array.from({ length: 81 }, () => write),
      3_600_000,
    )

    assert.deepEqual([starts[79]?.at, starts[80]?.at], [start, start + minuteMs])
  })

  it('spends 900 points in a minute', async () => {
    const { starts } = await spend(
      Array.from({ length: 901 }, () => read),
      3_600_000,
    )

    assert.deepEqual([starts[899]?.at, starts[900]?.at], [start, start + minuteMs])
  })

  it('lets results begin before facts, and facts before the rest', async () => {
    const given = (['background', 'facts', 'result'] as const).flatMap((priority) =>
      Array.from({ length: 12 }, () => ({ ...read, priority })),
    )

    const { starts } = await spend(given, 3_600_000)

    // The first ten began before anything else was known.
    const order = starts.slice(10).map(({ cost }) => cost.priority)
    assert.deepEqual(order, [
      ...Array<Priority>(12).fill('result'),
      ...Array<Priority>(12).fill('facts'),
      'background',
      'background',
    ])
  })

  it('refuses what would begin too late, and says when it may', async () => {
    const { results, clock } = await spend(
      Array.from({ length: 81 }, () => write),
      59_999,
    )

    const refused = results.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown)
    assert.equal(refused.length, 1)
    assert.ok(refused[0] instanceof GitHubUnavailable)
    assert.equal(refused[0].retryAt.getTime(), start + minuteMs)
    assert.equal(clock.now(), start)
  })

  for (const [priority, remaining, isRun] of [
    ['result', 1, true],
    ['result', 0, false],
    ['facts', 251, true],
    ['facts', 250, false],
    ['background', 1001, true],
    ['background', 1000, false],
  ] as const) {
    it(`${isRun ? 'runs' : 'refuses'} ${priority} with ${remaining} of 5,000 left of the hour`, async () => {
      const clock = jumpingClock(start)
      const budget = new Budget(clock.now, clock.timers)
      budget.learn({ limit: 5000, remaining, resetAt: start + 1_800_000 })

      const run = budget.run({ ...read, priority }, start + minuteMs, async () => 'ran')

      if (isRun) assert.equal(await run, 'ran')
      else await assert.rejects(run, { retryAt: new Date(start + 1_800_000) })
    })
  }

  it('begins anew when the hour is over', async () => {
    const clock = jumpingClock(start)
    const budget = new Budget(clock.now, clock.timers)
    budget.learn({ limit: 5000, remaining: 0, resetAt: start + 30_000 })

    assert.equal(await budget.run(read, start + minuteMs, async () => 'ran'), 'ran')
    assert.equal(clock.now(), start + 30_000)
  })

  it('believes the lowest of two answers of one hour', async () => {
    const clock = jumpingClock(start)
    const budget = new Budget(clock.now, clock.timers)
    for (const remaining of [0, 4000]) budget.learn({ limit: 5000, remaining, resetAt: start + 1_800_000 })

    await assert.rejects(
      budget.run(read, start + minuteMs, async () => 'ran'),
      GitHubUnavailable,
    )
  })

  it('gives its place back after a failure', async () => {
    const clock = jumpingClock(start)
    const budget = new Budget(clock.now, clock.timers)
    const fail = () => budget.run(read, start + minuteMs, () => Promise.reject(new Error('broken')))
    await Promise.allSettled(Array.from({ length: 30 }, fail))

    assert.equal(await budget.run(read, start + minuteMs, async () => 'ran'), 'ran')
  })
})
