/** Time, and what is to happen later. Handed in, so that a test decides what time it is. */
export interface Clock {
  readonly now: () => Date
  /** Runs it once after `ms`. Never keeps the process alive. The answer cancels it. */
  after(ms: number, run: () => void): () => void
}

/** The machine's own. */
export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, run) {
    // Node fires at once what is further away than this (24.8 days).
    const timer = setTimeout(run, Math.min(ms, 2_147_483_647)).unref()
    return () => clearTimeout(timer)
  },
}
