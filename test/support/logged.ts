import type { World } from '../../harness/world.ts'
import { within } from './deadline.ts'

/** How often the App's output is looked at: a line comes without a request that could tell of it. */
const everyMs = 20

/** Resolves with a line of the App's log that matches, written already or not: the first, or the so manieth. */
export async function logged(world: World, words: RegExp, times = 1): Promise<string> {
  const found = () => world.app.output.filter((line) => words.test(line))[times - 1]
  let timer: NodeJS.Timeout | undefined
  const line = new Promise<string>((resolve) => {
    const look = () => {
      const now = found()
      if (now !== undefined) resolve(now)
    }
    look()
    timer = setInterval(look, everyMs)
  })
  try {
    return await within(line, () => `No line ${words}:\n${world.app.output.slice(-15).join('\n')}`)
  } finally {
    clearInterval(timer)
  }
}
