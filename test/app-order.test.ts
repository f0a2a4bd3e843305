import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import * as fc from 'fast-check'

import { within } from './support/deadline.ts'
import { deliver, drain, fakeScenario, finalRuns } from './support/fake-scenario.ts'
import { PlayedPullRequest } from './support/played-pull-request.ts'
import { randomFrom } from './support/random.ts'
import { sharedWorld } from './support/shared-world.ts'
import { runsOf } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

/** When each delivery arrives: after which step, and in which order among those of one step. One or two times each. */
function arrivals(steps: number) {
  const each = Array.from({ length: steps }, (_, step) =>
    fc.array(fc.record({ after: fc.integer({ min: step, max: steps - 1 }), rank: fc.nat(1000) }), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  return fc.tuple(...each)
}

describe('deliveries in any order, some of them twice', { timeout: 280_000 }, () => {
  let scenario: Awaited<ReturnType<typeof fakeScenario>>
  before(async () => {
    scenario = await fakeScenario()
  })
  after(() => scenario.close())

  async function inOrder() {
    const world = scenario.world()
    for (const step of scenario.steps) {
      step.happen(world)
      await deliver(world, step)
      await drain(world)
    }
    return finalRuns(world, scenario.ends)
  }

  it('end in the same check runs as in order: 195 schedules over fakes', async () => {
    const { steps, ends } = scenario
    const expected = await inOrder()
    const titles = expected.map((run) => (run as { output: { title: string } }).output.title)
    assert.equal(titles.length, 2)
    assert.match(titles.join('\n'), /Passed: /)

    const schedule = fc.record({
      arrivals: arrivals(steps.length),
      drained: fc.array(fc.boolean(), { minLength: steps.length, maxLength: steps.length }),
    })
    await fc.assert(
      fc.asyncProperty(schedule, async ({ arrivals: times, drained }) => {
        const world = scenario.world()
        const all = times.flatMap((some, index) => some.map((time) => ({ ...time, step: steps[index] })))
        for (const [index, step] of steps.entries()) {
          step.happen(world)
          const now = all.filter((one) => one.after === index)
          for (const one of now.toSorted((a, b) => a.rank - b.rank))
            if (one.step !== undefined) await deliver(world, one.step)
          if (drained[index] === true) await drain(world)
        }
        await drain(world)

        assert.deepEqual(finalRuns(world, ends), expected)
      }),
      { numRuns: 195, seed: 3 },
    )
  })
})

describe('deliveries in any order to the App itself', { timeout: 280_000 }, () => {
  const { stage, world } = sharedWorld({ WORKERS: '8' })

  it('end in the same check as in order: 5 schedules', async () => {
    const { simulator } = world()
    simulator.deliveries.hold()
    const cases: { at: Stage; played: PlayedPullRequest; random: ReturnType<typeof randomFrom> }[] = []
    for (const seed of [1, 2, 3, 4, 5]) {
      const at = await stage(`order-${seed}`)
      const played = await PlayedPullRequest.open(at, 'a')
      for (const move of ['leak', 'start over', 'object', 'label', 'withdraw', 'comment'] as const)
        await played.play(move)
      cases.push({ at, played, random: randomFrom(seed) })
    }

    await Promise.all(
      cases.map(async ({ at, random }) => {
        const mine = simulator.deliveries.held.filter((one) => one.installationId === at.installation.id)
        const some = mine.flatMap((one) => (random.below(2) === 0 ? [one] : [one, one]))
        const ranked = some.map((one) => ({ one, rank: random.below(1e6) }))
        for (const { one } of ranked.toSorted((a, b) => a.rank - b.rank)) await simulator.deliveries.send(one)
      }),
    )

    await within(
      simulator.until(() => cases.every(({ played }) => played.isAsExpected)),
      () =>
        cases
          .map(({ at, played }) => `${played.expected}: ${runsOf(at, played.pull).at(-1)?.title}`)
          .join('\n'),
    )
    for (const { played } of cases) assert.equal(played.expected, 'success')
  })
})
