import assert from 'node:assert/strict'
import { after, before } from 'node:test'

import { startWorld } from '../../harness/world.ts'
import type { World } from '../../harness/world.ts'
import { setStage } from './stage.ts'
import type { Stage, StageOptions } from './stage.ts'

/** One world for all cases of a file. At the end GitHub must have had nothing to object to. */
export function sharedWorld(environment: Readonly<Record<string, string>> = {}): {
  readonly stage: (name: string, options?: StageOptions) => Promise<Stage>
  readonly world: () => World
} {
  let world: World | undefined
  const started = (): World => {
    if (world === undefined) throw new Error('the world is there from the first case on')
    return world
  }
  before(async () => {
    world = await startWorld(environment)
  })
  after(async () => {
    const { simulator } = started()
    await simulator.deliveries.settled()
    const violations = [...simulator.violations]
    await started().close()
    assert.deepEqual(violations, [])
  })
  return { stage: (name, options) => setStage(started(), name, options), world: started }
}
