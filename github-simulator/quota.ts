import type { Caller } from './authentication.ts'

/** Requests an hour: one budget for each installation, one for each person, one for the App's own calls. */
export class Quota {
  readonly #windows = new Map<string, { used: number; resetAt: number }>()
  readonly #clock: () => Date
  /** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
  limit = 5000

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  /** False if nothing is left. */
  hasLeft(caller: Caller): boolean {
    return this.#window(caller).used < this.limit
  }

  spend(caller: Caller): void {
    this.#window(caller).used += 1
  }

  /** Requests that this budget has paid in the current hour. */
  used(caller: Caller): number {
    return this.#window(caller).used
  }

  headers(caller: Caller): Record<string, string> {
    const { used, resetAt } = this.#window(caller)
    return {
      'x-ratelimit-limit': String(this.limit),
      'x-ratelimit-remaining': String(Math.max(0, this.limit - used)),
      'x-ratelimit-used': String(used),
      'x-ratelimit-reset': String(Math.floor(resetAt / 1000)),
      'x-ratelimit-resource': 'core',
    }
  }

  #window(caller: Caller): { used: number; resetAt: number } {
    const key = keyOf(caller)
    const now = this.#clock().getTime()
    const current = this.#windows.get(key)
    if (current !== undefined && current.resetAt > now) return current
    const fresh = { used: 0, resetAt: now + 3_600_000 }
    this.#windows.set(key, fresh)
    return fresh
  }
}

function keyOf(caller: Caller): string {
  if (caller.kind === 'app') return 'app'
  return caller.kind === 'installation'
    ? `installation ${caller.installation.id}`
    : `person ${caller.account.id}`
}
