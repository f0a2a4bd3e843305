import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { PullRequest } from '../github-simulator/state.ts'
import { within } from './support/deadline.ts'
import { randomFrom } from './support/random.ts'
import { leakingManifest } from './support/secret.ts'
import { sharedWorld } from './support/shared-world.ts'
import { manifest, propose, runsOf } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

const [pairs, percent] = [8, 30]

describe('a GitHub that fails at any call', { timeout: 200_000 }, () => {
  const { stage, world } = sharedWorld({ WORKERS: '8' })

  it('never turns the check of a bad change green, and of a good one only in the end', async () => {
    const { simulator } = world()
    const random = randomFrom(5)
    const failed = new Set<string>()
    simulator.fault = ({ operation, caller }) => {
      if (caller.kind === 'person' || random.below(100) >= percent) return null
      failed.add(operation)
      return { status: 500, body: { message: 'Server Error' }, headers: { 'retry-after': '1' } }
    }
    const cases: { at: Stage; bad: PullRequest; good: PullRequest }[] = []
    for (let pair = 0; pair < pairs; pair += 1) {
      const at = await stage(`faults-${pair}`)
      const bad = await propose(at, 'bad', { 'apps/leak.yaml': leakingManifest(`fault ${pair}`) })
      const good = await propose(at, 'good', { 'apps/a.yaml': manifest('a') })
      for (const pull of [bad, good]) simulator.pullRequests.approve(at.repository, pull, at.bob)
      cases.push({ at, bad, good })
    }
    await within(
      simulator.until(() =>
        cases.every(
          ({ at, bad, good }) => conclusion(at, bad) === 'failure' && conclusion(at, good) === 'success',
        ),
      ),
      () =>
        `${cases.map(({ at, bad, good }) => `${conclusion(at, bad)} ${conclusion(at, good)}`).join(', ')}\n${world().app.output.slice(-20).join('\n')}`,
      150,
    )

    for (const { at, bad } of cases)
      for (const run of runsOf(at, bad)) assert.notEqual(run.conclusion, 'success')
    assert.ok(failed.size >= 7, [...failed].join(', '))
  })
})

function conclusion(at: Stage, pull: PullRequest) {
  return runsOf(at, pull).at(-1)?.conclusion
}
