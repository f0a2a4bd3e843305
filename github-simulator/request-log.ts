/** One request that reached the simulator, REST or git. */
export interface LoggedRequest {
  readonly kind: 'rest' | 'git'
  readonly method: string
  /** `/repos/{owner}/{repo}/…`, or for git `/{owner}/{repo}.git/…`; `unknown` where no operation was found. */
  readonly route: string
  readonly path: string
  readonly status: number
  /** Null for the App's own calls, for people and for whoever did not prove who they are. */
  readonly installation: number | null
  readonly costsQuota: boolean
  /** `performance.now()` when it arrived and when the answer was handed over. */
  readonly startedMs: number
  readonly endedMs: number
}

/** Milliseconds during which the simulator was at work on at least one of these requests. */
export function busyMs(requests: readonly Pick<LoggedRequest, 'startedMs' | 'endedMs'>[]): number {
  let [total, until] = [0, 0]
  for (const { startedMs, endedMs } of requests.toSorted((a, b) => a.startedMs - b.startedMs)) {
    total += Math.max(0, endedMs - Math.max(startedMs, until))
    until = Math.max(until, endedMs)
  }
  return total
}
