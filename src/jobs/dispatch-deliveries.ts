import type { Deliveries } from '../ports/delivery.ts'
import type { Queue } from '../ports/queue.ts'

const batch = 100

/**
 * Makes jobs of the deliveries that are stored. A delivery is ticked off after its jobs are in the queue, so a crash
 * between the two makes them once more, which is harmless: jobs of one key collapse, and read the facts anew.
 */
export async function dispatchDeliveries(deliveries: Deliveries, queue: Queue): Promise<void> {
  for (;;) {
    const pending = await deliveries.pending(batch)
    for (const { guid, jobs } of pending) {
      for (const { job, key } of jobs) await queue.add(job, { key })
      await deliveries.dispatched(guid)
    }
    if (pending.length < batch) return
  }
}
