import type { Answer, Call, Priority } from './call.ts'

/** What one call costs of GitHub's secondary limits. */
export interface Cost {
  readonly points: 1 | 5
  /** Whether it creates or changes content, of which GitHub counts fewer. */
  readonly isWrite: boolean
  readonly priority: Priority
}

/** What GitHub says is left of the hour. Milliseconds since 1970, by GitHub's clock. */
export interface Quota {
  readonly limit: number
  readonly remaining: number
  readonly resetAt: number
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit */
const secondaryLimits = {
  pointsAMinute: 900,
  writesAMinute: 80,
  writesAnHour: 500,
  /** GitHub's is 100; the rest is for the other replicas and for other users of the same App. */
  running: 10,
} as const

/** The share of an hour's calls that a priority leaves for those above it. */
const reserves: Readonly<Record<Priority, number>> = { result: 0, facts: 0.05, background: 0.2 }

/** All that has been spent, and what GitHub said about it. */
export interface Ledger {
  /** Oldest first. */
  readonly started: readonly Started[]
  readonly running: number
  /** Null until the first answer, and where the server has no limits. */
  readonly quota: Quota | null
  /** GitHub asked for silence until then. */
  readonly pausedUntil: number
}

export interface Started {
  readonly at: number
  readonly points: number
  readonly isWrite: boolean
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs

export function costOf({ method, priority }: Call): Cost {
  return { points: method === 'GET' ? 1 : 5, isWrite: method !== 'GET', priority }
}

/** When a call may start, as far as is known: `now` or earlier for at once, Infinity for when another one has ended. */
export function mayStartAt(ledger: Ledger, cost: Cost, now: number): number {
  if (ledger.running >= secondaryLimits.running) return Infinity
  return Math.max(
    ledger.pausedUntil,
    quotaAllowsAt(ledger, cost, now),
    windowAllowsAt(
      ledger.started,
      minuteMs,
      ({ points }) => points,
      secondaryLimits.pointsAMinute - cost.points,
    ),
    ...(cost.isWrite
      ? [
          windowAllowsAt(ledger.started, minuteMs, writes, secondaryLimits.writesAMinute - 1),
          windowAllowsAt(ledger.started, hourMs, writes, secondaryLimits.writesAnHour - 1),
        ]
      : []),
  )
}

/** Drops what no limit counts any more: reads after a minute, writes after an hour. Some 1,400 are left at most. */
export function forget(started: readonly Started[], now: number): Started[] {
  return started.filter(({ at, isWrite }) => at + (isWrite ? hourMs : minuteMs) > now)
}

/** The `x-ratelimit-*` headers; null where there are none, as on a server without limits. */
export function quotaOf({ headers }: Answer): Quota | null {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    Number.parseInt(headers[`x-ratelimit-${name}`] ?? '', 10),
  )
  if (limit === undefined || remaining === undefined || reset === undefined) return null
  if ([limit, remaining, reset].some((value) => Number.isNaN(value))) return null
  return { limit, remaining, resetAt: reset * 1000 }
}

/** Answers of calls that ran side by side come in any order: within one hour, the lowest is the latest. */
export function laterOf(one: Quota | null, other: Quota | null): Quota | null {
  if (one === null || other === null) return other ?? one
  if (one.resetAt !== other.resetAt) return one.resetAt > other.resetAt ? one : other
  return one.remaining < other.remaining ? one : other
}

function quotaAllowsAt({ quota, running }: Ledger, { priority }: Cost, now: number): number {
  if (quota === null || quota.resetAt <= now) return now
  const left = quota.remaining - running - Math.ceil(quota.limit * reserves[priority])
  return left > 0 ? now : quota.resetAt
}

/** When so much has left the window that no more than `most` is in it. */
function windowAllowsAt(
  started: readonly Started[],
  windowMs: number,
  weight: (start: Started) => number,
  most: number,
): number {
  let sum = 0
  for (const start of started.toReversed()) {
    sum += weight(start)
    if (sum > most) return start.at + windowMs
  }
  return 0
}

function writes({ isWrite }: Started): number {
  return isWrite ? 1 : 0
}
