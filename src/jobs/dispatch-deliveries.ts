import type { Deliveries } from '../ports/delivery.ts'
import type { Log } from '../ports/log.ts'
import type { Queue } from '../ports/queue.ts'

const batch = 100
/** After a look that failed: the database was away. */
const againMs = 5_000

/** Makes jobs of the deliveries that are stored, when it is woken. */
export interface Dispatcher {
  /** Looks for deliveries now, or once more after the look that goes on. */
  wake(): void
  /** After the look that goes on. */
  ended(): Promise<void>
}

/**
 * A delivery is ticked off after its jobs are in the queue, so a crash between the two makes them once more, which is
 * harmless: jobs of one key collapse, and read the facts anew. What fails stays in the table for the next look.
 */
export function dispatcher(deliveries: Deliveries, queue: Queue, log: Log): Dispatcher {
  let looking: Promise<void> | null = null
  let isAsked = false

  async function look(): Promise<void> {
    while (isAsked) {
      isAsked = false
      await dispatchDeliveries(deliveries, queue)
    }
  }
  function wake(): void {
    isAsked = true
    looking ??= look()
      .catch((error: unknown) => {
        log.error({ err: error }, 'deliveries could not be dispatched')
        setTimeout(wake, againMs).unref()
      })
      .finally(() => {
        looking = null
        // Asked for between the last look and this line.
        if (isAsked) wake()
      })
  }
  return {
    wake,
    async ended() {
      await looking
    },
  }
}

/** Makes jobs of all deliveries that are stored. */
async function dispatchDeliveries(deliveries: Deliveries, queue: Queue): Promise<void> {
  for (;;) {
    const pending = await deliveries.pending(batch)
    for (const { guid, jobs } of pending) {
      for (const { job, key } of jobs) await queue.add(job, { key })
      await deliveries.dispatched(guid)
    }
    if (pending.length < batch) return
  }
}
