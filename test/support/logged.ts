import type { World } from '../../harness/world.ts'
import { within } from './deadline.ts'

/** How often the App's output is looked at: a line comes without a request that could tell of it. */
const everyMs = 20

/** Resolves with the first line of the App's log that matches, written already or not. */
export async function logged(world: World, words: RegExp): Promise<string> {
  const found = () => world.app.output.find((line) => words.test(line))
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
