import { startWorld } from '../harness/world.ts'
import type { Figures } from './figures.ts'

const rounds = 5

/** From the start of the App's process until it listens: on a new data directory, and on one that is there. */
export async function firstStart(): Promise<Figures> {
  const [first, second]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    const world = await startWorld()
    // The key pair is made once, in the first round, and the simulator starts in a few milliseconds.
    if (round > 0) first.push(performance.now() - begun)
    await world.app.stop()
    const again = performance.now()
    await world.restart()
    second.push(performance.now() - again)
    await world.close()
  }
  return {
    times: [
      { what: 'first start of the App to listening', ms: first },
      { what: 'later start of the App to listening', ms: second },
    ],
    notes: [],
  }
}
