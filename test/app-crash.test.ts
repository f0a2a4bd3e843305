import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { PGlite } from '@electric-sql/pglite'

import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'
import { within } from './support/deadline.ts'
import { moves, PlayedPullRequest } from './support/played-pull-request.ts'
import { randomFrom } from './support/random.ts'
import { runsOf, setStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

const [kills, leastDeliveries] = [20, 200]
const random = randomFrom(3)

describe('an App that is killed', { timeout: 280_000 }, () => {
  let world: World
  let at: Stage
  const played: PlayedPullRequest[] = []
  let lastRestart = 0

  before(async () => {
    world = await startWorld()
    at = await setStage(world, 'crash')
    for (const branch of ['one', 'two', 'three', 'four'])
      played.push(await PlayedPullRequest.open(at, branch))
  })
  after(async () => {
    const violations = [...world.simulator.violations]
    await world.close()
    assert.deepEqual(violations, [])
  })

  const someone = () => random.pick(played as [PlayedPullRequest, ...PlayedPullRequest[]])
  const states = () =>
    played.map(({ pull, expected }) => `#${pull.number} ${expected}: ${runsOf(at, pull).at(-1)?.title}`)

  /** Some way into the work that a push brings, or before it has begun. */
  async function killAndRestart(): Promise<void> {
    const { simulator } = world
    const enough = simulator.requests.length + random.below(9)
    const who = someone()
    await who.play(random.pick(['push', 'leak', 'start over']))
    await within(
      simulator.until(() => simulator.requests.length >= enough),
      () => `nothing is asked:\n${world.app.output.slice(-10).join('\n')}`,
    )
    await world.app.kill()
    // Whatever happens while nobody listens.
    await someone().play(random.pick(moves))
    await world.restart()
    lastRestart = performance.now()
  }

  it('ends with the right verdicts within a minute of the last restart', async () => {
    const { simulator } = world
    const { deliveries } = simulator
    const perKill = Math.ceil(leastDeliveries / kills)
    for (let kill = 1; kill <= kills; kill += 1) {
      while (deliveries.all.length < kill * perKill) await someone().play(random.pick(moves))
      await killAndRestart()
    }
    await deliveries.settled()

    // What came while it was down is sent again, as a person does on the page of GitHub's deliveries.
    const missed = deliveries.all.filter(({ state }) => state !== 'answered')
    for (const delivery of missed) await deliveries.send(delivery, { isRedelivery: true })

    const seconds = 60 - (performance.now() - lastRestart) / 1000
    await within(
      simulator.until(() => played.every(({ isAsExpected }) => isAsExpected)),
      () => `${states().join('\n')}\n${world.app.output.slice(-20).join('\n')}`,
      seconds,
    )
    assert.ok(deliveries.all.length >= leastDeliveries)
  })

  it('has verdicts that are final: evaluated anew they are the same', async () => {
    for (const one of played) {
      const before = runsOf(at, one.pull).at(-1)
      await one.rerun()

      await within(
        world.simulator.until(() => {
          const run = runsOf(at, one.pull).at(-1)
          return run !== before && run?.status === 'completed'
        }),
        () => states().join('\n'),
      )

      assert.equal(runsOf(at, one.pull).at(-1)?.title, before?.title)
      assert.equal(one.isAsExpected, true)
    }
  })

  it('has lost no delivery that it accepted', async () => {
    await world.simulator.deliveries.settled()
    await world.app.stop()
    const database = await PGlite.create(join(world.dataDir, 'database'))
    const { rows } = await database.query<{ guid: string; is_done: boolean }>(
      'select guid, dispatched_at is not null as is_done from portcullis.deliveries',
    )
    await database.close()
    await world.restart()

    const kept = new Map(rows.map(({ guid, is_done }) => [guid, is_done]))
    const accepted = world.simulator.deliveries.all.filter(({ attempts }) =>
      attempts.some(({ statusCode }) => statusCode >= 200 && statusCode < 300),
    )
    assert.ok(accepted.length >= leastDeliveries)
    assert.deepEqual(
      accepted.filter(({ guid }) => kept.get(guid) !== true).map(({ event, guid }) => `${event} ${guid}`),
      [],
    )
  })
})
