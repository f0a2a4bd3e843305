import { Refusal } from '../github-simulator/answer.ts'
import type { Stage } from './stage.ts'

/** Lets ana press "Merge", and says what GitHub answered. */
export async function tryToMerge({ simulator, cast, pull }: Stage): Promise<string> {
  const by = cast.ana
  try {
    const sha = await simulator.pullRequests.merge(cast.repository, pull, { by })
    return `${by.login} merges, and GitHub does it: ${pull.base} is now ${sha.slice(0, 7)}. Argo CD may deploy it.`
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return `${by.login} presses "Merge", and GitHub refuses: ${error.answer.status} ${error.message}`
  }
}
