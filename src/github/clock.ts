import type { Log } from '../ports/log.ts'

/** GitHub's time, as far as its answers tell. What GitHub dates (limits, tokens) is compared with this, not with ours. */
export interface GitHubClock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How far our clock is ahead of GitHub's, seconds; 0 while it is within {@link toleratedMs}. */
  skewSeconds(): number
  /** Takes the `Date` header of an answer. */
  learn(date: string | null): void
}

/** A `Date` header has whole seconds and is as old as the answer took, which is 10 s at most. */
const toleratedMs = 15_000

/** Says a skew in the log once, and again when it changes. */
export function gitHubClock(now: () => number, log: Log): GitHubClock {
  let aheadMs = 0
  return {
    now: () => now() - aheadMs,
    skewSeconds: () => Math.round(aheadMs / 1000),
    learn(date) {
      const theirs = Date.parse(date ?? '')
      if (Number.isNaN(theirs)) return
      const measuredMs = now() - theirs
      if (Math.abs(measuredMs - aheadMs) <= toleratedMs) return
      aheadMs = Math.abs(measuredMs) <= toleratedMs ? 0 : measuredMs
      log.warn({ aheadSeconds: Math.round(aheadMs / 1000) }, 'clock differs from that of GitHub')
    },
  }
}
