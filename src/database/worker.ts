import { randomUUID } from 'node:crypto'

import type { Kysely } from 'kysely'

import type { Log } from '../ports/log.ts'
import type { Handlers, Worker } from '../ports/queue.ts'
import { type Claim, claimJob, nextDue } from './claim-job.ts'
import type { Clock } from './clock.ts'
import { Job } from './job-row.ts'
import { pruneJobs, recoverJobs, vouch } from './recover-jobs.ts'
import { maximumTries } from './retry.ts'
import { runJob } from './run-job.ts'
import { completeJob, failJob } from './settle-job.ts'
import type { Tables } from './tables.ts'

/** A job is another worker's when nobody has vouched for it for this long. Vouched for at each poll. */
const leaseMs = 60_000
/** Only for what no wake tells of: jobs of other processes, a database that was away. */
const pollMs = 2_000
const forgetAfterMs = 60_000

export interface WorkerSettings {
  readonly clock: Clock
  readonly log: Log
  /** Jobs at once. */
  readonly concurrency: number
}

/** Runs jobs as they become due: woken when one is added, by a timer when one is due later. */
export class TableWorker implements Worker {
  readonly #id = randomUUID()
  readonly #database: Kysely<Tables>
  readonly #settings: WorkerSettings
  /** By the job's id. */
  readonly #running = new Map<string, Promise<void>>()
  #handlers: Handlers | null = null
  #filling: Promise<void> | null = null
  #fillAgain = false
  #polling: Promise<void> | null = null
  #cancelPoll: (() => void) | null = null
  #alarm: { readonly due: Date; readonly cancel: () => void } | null = null

  constructor(database: Kysely<Tables>, settings: WorkerSettings) {
    this.#database = database
    this.#settings = settings
  }

  async start(handlers: Handlers): Promise<void> {
    if (this.#handlers !== null) throw new Error('The worker was started before.')
    this.#handlers = handlers
    this.#schedulePoll()
    this.#fill()
  }

  async stop(): Promise<void> {
    this.#handlers = null
    this.#cancelPoll?.()
    this.#alarm?.cancel()
    this.#alarm = null
    await this.#polling
    await this.#filling
    await Promise.all(this.#running.values())
  }

  /** A job was added that is due at `due`. */
  wake(due: Date): void {
    if (due <= this.#settings.clock.now()) this.#fill()
    else this.#alarmAt(due)
  }

  /** Starts what is due. Once at a time: a call meanwhile makes it look again. */
  #fill(): void {
    this.#fillAgain = true
    this.#filling ??= this.#reported(this.#fillWhileAsked()).finally(() => {
      this.#filling = null
      // Asked for after the last look, and before this.
      if (this.#fillAgain && this.#handlers !== null) this.#fill()
    })
  }

  async #fillWhileAsked(): Promise<void> {
    while (this.#fillAgain && this.#handlers !== null) {
      this.#fillAgain = false
      await this.#startDue(this.#handlers)
    }
  }

  async #startDue(handlers: Handlers): Promise<void> {
    const { clock, concurrency } = this.#settings
    while (this.#handlers !== null && this.#running.size < concurrency) {
      const now = clock.now()
      const claim = await claimJob(this.#database, { by: this.#id, now, until: later(now, leaseMs) })
      if (claim === null) {
        const due = await nextDue(this.#database, now)
        if (due !== null) this.wake(due)
        return
      }
      this.#start(handlers, claim)
    }
  }

  #start(handlers: Handlers, claim: Claim): void {
    const running = this.#reported(this.#run(handlers, claim)).finally(() => {
      this.#running.delete(claim.id)
      this.#fill()
    })
    this.#running.set(claim.id, running)
  }

  async #run(handlers: Handlers, claim: Claim): Promise<void> {
    const { id, name, data, failures } = claim
    try {
      await runJob(handlers, Job.parse({ name, data }), { id, isLast: failures + 1 >= maximumTries })
    } catch (error) {
      await this.#failed(claim, error)
      return
    }
    await completeJob(this.#database, claim)
  }

  async #failed(claim: Claim, error: unknown): Promise<void> {
    const log = this.#settings.log.child({ job: claim.id, name: claim.name, key: claim.key })
    const outcome = await failJob(this.#database, claim, { error, now: this.#settings.clock.now() })
    if (outcome === 'dead') log.error({ error }, 'a job failed too often and went to the dead letters')
    else log.warn({ error, failures: claim.failures + 1 }, 'a job failed and is tried again')
  }

  #schedulePoll(): void {
    this.#cancelPoll = this.#settings.clock.after(pollMs, () => {
      this.#polling = this.#reported(this.#poll()).finally(() => {
        if (this.#handlers !== null) this.#schedulePoll()
      })
    })
  }

  async #poll(): Promise<void> {
    const now = this.#settings.clock.now()
    await vouch(this.#database, { by: this.#id, ids: [...this.#running.keys()], until: later(now, leaseMs) })
    await recoverJobs(this.#database, 'expired', now)
    await pruneJobs(this.#database, later(now, -forgetAfterMs))
    this.#fill()
  }

  #alarmAt(due: Date): void {
    if (this.#handlers === null || (this.#alarm !== null && this.#alarm.due <= due)) return
    this.#alarm?.cancel()
    const ms = Math.max(0, due.getTime() - this.#settings.clock.now().getTime())
    const cancel = this.#settings.clock.after(ms, () => {
      this.#alarm = null
      this.#fill()
    })
    this.#alarm = { due, cancel }
  }

  /** The database may be away for a while. The poll tries again, and claims that could not be settled expire. */
  async #reported(work: Promise<void>): Promise<void> {
    try {
      await work
    } catch (error) {
      this.#settings.log.error({ error }, 'the queue could not reach its database')
    }
  }
}

function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms)
}
