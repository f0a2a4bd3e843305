import { GitHubUnavailable } from '../ports/github-errors.ts'
import type { Priority } from './call.ts'
import type { Cost, Ledger, Quota } from './quota.ts'
import { forget, laterOf, mayStartAt } from './quota.ts'
import type { Timers } from './timers.ts'

interface Waiting {
  readonly cost: Cost
  readonly deadline: number
  readonly start: () => void
  readonly refuse: (error: GitHubUnavailable) => void
}

const order: readonly Priority[] = ['result', 'facts', 'background']

/** The one gate that all calls of an installation pass, so that together they stay under GitHub's limits. */
export class Budget {
  readonly #now: () => number
  readonly #timers: Timers
  #ledger: Ledger = { started: [], running: 0, quota: null, pausedUntil: 0 }
  #waiting: Waiting[] = []
  #callOff: (() => void) | null = null

  /** `now` is GitHub's time: its limits end by its own clock. */
  constructor(now: () => number, timers: Timers) {
    this.#now = now
    this.#timers = timers
  }

  /**
   * Runs `work` as soon as the limits allow, the higher priority first. Throws {@link GitHubUnavailable} where that is
   * known to be later than `deadline` (milliseconds since 1970).
   */
  async run<T>(cost: Cost, deadline: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start, refuse) => {
      this.#waiting.push({ cost, deadline, start, refuse })
      this.#advance()
    })
    try {
      return await work()
    } finally {
      this.#ledger = { ...this.#ledger, running: this.#ledger.running - 1 }
      this.#advance()
    }
  }

  /** What an answer said is left. */
  learn(quota: Quota | null): void {
    this.#ledger = { ...this.#ledger, quota: laterOf(this.#ledger.quota, quota) }
  }

  /** GitHub asked for silence. */
  pauseUntil(at: number): void {
    this.#ledger = { ...this.#ledger, pausedUntil: Math.max(this.#ledger.pausedUntil, at) }
    this.#advance()
  }

  #advance(): void {
    this.#callOff?.()
    this.#callOff = null
    this.#refuseLate()
    for (let next = this.#first(); next !== undefined; next = this.#first()) {
      const at = mayStartAt(this.#ledger, next.cost, this.#now())
      if (at > this.#now()) return this.#wakeAt(at)
      this.#start(next)
    }
  }

  /** In the order of priority, within one in the order of arrival. */
  #first(): Waiting | undefined {
    for (const priority of order) {
      const found = this.#waiting.find(({ cost }) => cost.priority === priority)
      if (found !== undefined) return found
    }
    return undefined
  }

  #start(next: Waiting): void {
    const { points, isWrite } = next.cost
    const started = [...forget(this.#ledger.started, this.#now()), { at: this.#now(), points, isWrite }]
    this.#waiting = this.#waiting.filter((one) => one !== next)
    this.#ledger = { ...this.#ledger, started, running: this.#ledger.running + 1 }
    next.start()
  }

  #refuseLate(): void {
    const now = this.#now()
    const late = this.#waiting.flatMap((one) => {
      const at = mayStartAt(this.#ledger, one.cost, now)
      // Infinity: somebody has to end first, and nobody knows when.
      const isLate = now > one.deadline || (Number.isFinite(at) && at > one.deadline)
      return isLate ? [{ one, at: Number.isFinite(at) ? Math.max(at, now) : now + 1000 }] : []
    })
    const gone = new Set(late.map(({ one }) => one))
    this.#waiting = this.#waiting.filter((one) => !gone.has(one))
    for (const { one, at } of late)
      one.refuse(new GitHubUnavailable('GitHub asks to wait: the limit of calls is reached.', new Date(at)))
  }

  /** Also at the next deadline: who waits longest is told in time. */
  #wakeAt(at: number): void {
    const next = Math.min(at, ...this.#waiting.map(({ deadline }) => deadline + 1))
    this.#callOff = this.#timers.after(Math.max(1, next - this.#now()), () => this.#advance())
  }
}
