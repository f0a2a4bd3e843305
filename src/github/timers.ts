/** Waiting, handed in so that a test decides how time passes. */
export interface Timers {
  /** Calls `run` once after `ms`; what is returned calls it off. */
  after(ms: number, run: () => void): () => void
}

/** Node's own timers. */
export const nodeTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Resolves after `ms`. */
export async function sleep(timers: Timers, ms: number): Promise<void> {
  await new Promise<void>((resolve) => timers.after(ms, resolve))
}
