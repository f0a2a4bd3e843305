import type { Log } from '../ports/log.ts'
import type { Refusal } from './refusal.ts'

const intervalMs = 1_000

/**
 * Logs what was refused, one line a second at most: whoever can reach the port could fill the disk otherwise. The line
 * has a count and our own word for the reason, and nothing that was sent.
 */
export function refusalLog(log: Log, now: () => number): (refusal: Refusal) => void {
  let [last, refused] = [-Infinity, 0]
  return (reason) => {
    refused += 1
    if (now() - last < intervalMs) return
    log.warn({ reason, refused }, 'requests refused')
    last = now()
    refused = 0
  }
}
