import type { Delivery } from '../github-simulator/deliveries.ts'
import { gitText } from '../github-simulator/git.ts'
import type { Simulator } from '../github-simulator/simulator.ts'
import type { CheckRun, PullRequest } from '../github-simulator/state.ts'
import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'
import { castFor, checkName } from './cast.ts'
import type { Cast } from './cast.ts'

/** A check run that came of something, and how long after it. */
export interface Judgement {
  readonly run: CheckRun
  readonly ms: number
}

/** Many times what anything here takes on a slow machine. */
const patienceMs = 30_000

/** Starts the App beside a simulated GitHub. */
export async function openWorld(interrupted: AbortSignal): Promise<World> {
  const world = await startWorld()
  if (!interrupted.aborted) return world
  await world.close()
  throw interrupted.reason
}

/** Makes the repository and its people, and waits until the App has heard of them. */
export async function setStage(world: World, interrupted: AbortSignal): Promise<Stage> {
  const cast = await castFor(world.simulator)
  await world.simulator.deliveries.settled()
  return new Stage(world, cast, interrupted)
}

/** The simulated GitHub with the App beside it, and the one pull request that all is about. */
export class Stage {
  readonly world: World
  readonly cast: Cast
  /** All check runs that were waited for. */
  readonly judgements: Judgement[] = []
  readonly #interrupted: AbortSignal
  #pull: PullRequest | undefined

  constructor(world: World, cast: Cast, interrupted: AbortSignal) {
    this.world = world
    this.cast = cast
    this.#interrupted = interrupted
  }

  get simulator(): Simulator {
    return this.world.simulator
  }

  get pull(): PullRequest {
    if (this.#pull === undefined) throw new Error('the pull request is not open yet')
    return this.#pull
  }

  /** The check run that counts for the head of the pull request. */
  get newestRun(): CheckRun | undefined {
    const { simulator, cast } = this
    return this.#pull && simulator.checks.latest(cast.repository, this.#pull.headSha, checkName)
  }

  async openPullRequest(wanted: Parameters<Simulator['pullRequests']['open']>[1]): Promise<void> {
    this.#pull = await this.simulator.pullRequests.open(this.cast.repository, wanted)
  }

  /** Does something, and waits for the check run that comes of it. */
  async judgementAfter(act: () => unknown): Promise<Judgement> {
    const before = this.cast.repository.checkRuns.at(-1)?.id ?? 0
    const started = performance.now()
    await act()
    await this.until('a check run', () => {
      const run = this.newestRun
      return run !== undefined && run.id > before && run.status === 'completed'
    })
    const run = this.newestRun
    if (run === undefined) throw new Error('the check run is gone')
    const judgement = { run, ms: performance.now() - started }
    this.judgements.push(judgement)
    return judgement
  }

  /** Waits until something holds. Throws after {@link patienceMs}, and when the demo is interrupted. */
  async until(what: string, isTrue: () => boolean): Promise<void> {
    const late = AbortSignal.timeout(patienceMs)
    const ending = AbortSignal.any([this.#interrupted, late])
    ending.throwIfAborted()
    const ended = Promise.withResolvers<never>()
    const end = () =>
      ended.reject(late.aborted ? new Error(`waited ${patienceMs / 1000} s for ${what}`) : ending.reason)
    ending.addEventListener('abort', end)
    try {
      await Promise.race([this.simulator.until(() => isTrue() || this.#refused !== undefined), ended.promise])
      if (this.#refused !== undefined)
        throw new Error(`the App did not take the webhook ${this.#refused.event}`)
    } finally {
      ending.removeEventListener('abort', end)
    }
  }

  get #refused(): Delivery | undefined {
    return this.simulator.deliveries.all.find(({ state }) => state === 'failed')
  }

  /** Runs git in the repository at GitHub. */
  git(args: readonly string[]): Promise<string> {
    return gitText(this.cast.repository.gitDirectory, args)
  }
}
