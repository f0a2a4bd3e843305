import type { Conceal, Gate } from '../model/gate.ts'
import type { Mirrors } from '../ports/git.ts'
import type { GitHub } from '../ports/github.ts'
import type { Log } from '../ports/log.ts'
import type { Queue } from '../ports/queue.ts'
import type { Stores } from '../ports/stores.ts'

/** What the App's jobs act through; main.ts makes it. */
export interface App {
  readonly version: string
  /** GitHub's id of the App: what required checks are pinned to. */
  readonly appId: number
  readonly gates: readonly Gate[]
  /** What may be shown and kept of a text that somebody else wrote, where no policy has been read. */
  readonly conceal: Conceal
  readonly github: (installation: number) => GitHub
  /** Forgets what was held in memory of an installation: tokens keep the permissions of when they were taken. */
  readonly forgetGitHub: (installation: number) => void
  readonly mirrors: Mirrors
  readonly stores: Stores
  readonly queue: Queue
  readonly log: Log
  readonly now: () => Date
  /** Milliseconds; only differences count. */
  readonly clock: () => number
}

/** `YYYY-MM-DD`, UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
