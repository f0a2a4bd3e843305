import type { Clock } from '../database/clock.ts'

export interface ManualClock extends Clock {
  /** Moves on by `ms`, and runs what is due on the way at its time. */
  advance(ms: number): void
}

/** Time that only moves when a test says so. */
export function manualClock(start = new Date('2026-01-05T09:00:00Z')): ManualClock {
  let now = start.getTime()
  let waiting: { readonly at: number; readonly run: () => void }[] = []
  return {
    now: () => new Date(now),
    after(ms, run) {
      const timer = { at: now + ms, run }
      waiting = [...waiting, timer].toSorted((one, other) => one.at - other.at)
      return () => {
        waiting = waiting.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      const until = now + ms
      for (let next = waiting[0]; next !== undefined && next.at <= until; next = waiting[0]) {
        waiting = waiting.slice(1)
        now = next.at
        next.run()
      }
      now = until
    },
  }
}
