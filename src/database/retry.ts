import { GitHubUnavailable } from '../ports/github-errors.ts'
import { Busy } from '../ports/queue.ts'

/** Tries before a job goes to the dead letters. */
export const maximumTries = 5

/** 15 s, 45 s, 135 s, 405 s: five tries over ten minutes, which outlasts a restart of whatever failed. */
const firstDelayMs = 15_000
const factor = 3

/** Whoever has it writes one check run, which takes a fraction of a second; after a kill its lease lasts half a minute. */
const busyMs = 3_000

/** What becomes of a job that failed for the `failures`th time (from 1). */
export type Next =
  | { readonly kind: 'again'; readonly due: Date; readonly failures: number; readonly holdUntil: Date | null }
  | { readonly kind: 'dead' }

/**
 * When to try again. Where GitHub says when, it is then, and the try does not count: an outage of an hour must not send
 * every open pull request to the dead letters.
 */
export function nextTry(failures: number, error: unknown, now: Date): Next {
  if (error instanceof GitHubUnavailable) {
    const due = new Date(Math.max(error.retryAt.getTime(), now.getTime() + 1_000))
    return { kind: 'again', due, failures: failures - 1, holdUntil: due }
  }
  if (error instanceof Busy) {
    const due = new Date(now.getTime() + busyMs)
    return { kind: 'again', due, failures: failures - 1, holdUntil: null }
  }
  if (failures >= maximumTries) return { kind: 'dead' }
  const delayMs = firstDelayMs * factor ** (failures - 1)
  return { kind: 'again', due: new Date(now.getTime() + delayMs), failures, holdUntil: null }
}
