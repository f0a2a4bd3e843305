import { CredentialsRefused, GitHubUnavailable } from '../ports/github-errors.ts'
import type { Budget } from './budget.ts'
import type { Answer, Call, Wire } from './call.ts'
import { NotAnswered } from './call.ts'
import type { GitHubClock } from './clock.ts'
import type { Credentials } from './credentials.ts'
import { costOf, quotaOf } from './quota.ts'
import { errorOf, pauseOf } from './refusal.ts'
import type { Timers } from './timers.ts'
import { sleep } from './timers.ts'

/** Sends calls under a budget and answers with success, 304 or 404. For everything else it throws an error of the port. */
export interface Caller {
  send(call: Call, headers?: Readonly<Record<string, string>>): Promise<Answer>
}

export interface CallerParts {
  readonly wire: Wire
  readonly credentials: Credentials
  readonly budget: Budget
  readonly clock: GitHubClock
  readonly timers: Timers
}

/** A call waits no longer than this for a limit; then the queue tries again, and its worker is free for others. */
const patienceMs = 60_000

/** Before the second and the third attempt of a GET. */
const retriesMs = [250, 1000] as const

export function openCaller(parts: CallerParts): Caller {
  return { send: (call, headers = {}) => new Sending(parts, call, headers).run() }
}

/** One call with its attempts. A class, because the attempts share what was already tried. */
class Sending {
  readonly #parts: CallerParts
  readonly #call: Call
  readonly #headers: Readonly<Record<string, string>>
  readonly #deadline: number
  #retries = 0
  #wasRenewed = false
  #authorization: string | null = null

  constructor(parts: CallerParts, call: Call, headers: Readonly<Record<string, string>>) {
    this.#parts = parts
    this.#call = call
    this.#headers = headers
    this.#deadline = parts.clock.now() + patienceMs
  }

  async run(): Promise<Answer> {
    for (;;) {
      const answer = await this.#attempt()
      if (answer !== null && isExpected(answer)) return answer
      await this.#beforeAnotherAttempt(answer)
    }
  }

  /** Null where none came. */
  async #attempt(): Promise<Answer | null> {
    const { budget, credentials, wire } = this.#parts
    this.#authorization = await credentials.authorization(this.#call.permission)
    const login = this.#authorization === null ? {} : { authorization: this.#authorization }
    try {
      return await budget.run(costOf(this.#call), this.#deadline, async () => {
        const answer = await wire(this.#call, { ...this.#headers, ...login })
        budget.learn(quotaOf(answer))
        return answer
      })
    } catch (error) {
      if (error instanceof NotAnswered) return null
      throw error
    }
  }

  /** Returns where another attempt may succeed, after the wait that it needs; throws where none can. */
  async #beforeAnotherAttempt(answer: Answer | null): Promise<void> {
    if (answer === null || answer.status >= 500) return this.#retryOrGiveUp(answer)
    const { budget, clock, credentials } = this.#parts
    const pausedUntil = pauseOf(answer, clock.now())
    if (pausedUntil !== null) {
      budget.pauseUntil(pausedUntil)
      if (pausedUntil <= this.#deadline) return
      throw new GitHubUnavailable('GitHub asks to wait: a limit is reached.', new Date(pausedUntil))
    }
    if (answer.status === 401) return this.#renewOrGiveUp(answer)
    if (answer.status === 403) await credentials.confirm()
    throw errorOf(this.#call, answer, clock.now())
  }

  /** Only a GET: a write without an answer may have been done. */
  async #retryOrGiveUp(answer: Answer | null): Promise<void> {
    const { clock, timers } = this.#parts
    const waitMs = this.#call.method === 'GET' ? retriesMs[this.#retries] : undefined
    if (waitMs !== undefined) {
      this.#retries += 1
      return sleep(timers, waitMs)
    }
    if (answer !== null) throw errorOf(this.#call, answer, clock.now())
    const what = `${this.#call.method} ${this.#call.path}`
    throw new GitHubUnavailable(`GitHub did not answer ${what}.`, new Date(clock.now() + 30_000))
  }

  async #renewOrGiveUp(answer: Answer): Promise<void> {
    const { clock, credentials } = this.#parts
    if (!this.#wasRenewed && (await credentials.renew(this.#authorization))) {
      this.#wasRenewed = true
      return
    }
    const { message } = errorOf(this.#call, answer, clock.now())
    throw new CredentialsRefused(
      [message, skewText(clock.skewSeconds()), credentials.remedy].join(' ').trim(),
    )
  }
}

function isExpected({ status }: Answer): boolean {
  return (status >= 200 && status < 300) || status === 304 || status === 404
}

function skewText(aheadSeconds: number): string {
  if (aheadSeconds === 0) return ''
  return `Our clock is ${Math.abs(aheadSeconds)} s ${aheadSeconds > 0 ? 'ahead of' : 'behind'} GitHub's.`
}
