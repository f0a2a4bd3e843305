import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Deliveries, StoredDelivery } from '../ports/delivery.ts'
import { fakeQueue } from '../testing/fake-queue.ts'
import { fakeDeliveries } from '../testing/fake-stores.ts'
import { silentLog } from '../testing/silent-log.ts'
import { dispatcher } from './dispatch-deliveries.ts'

describe('dispatcher', () => {
  it('makes the jobs of every delivery that is stored, more than one look takes', async () => {
    const { deliveries, queue } = await stored(250)
    const dispatch = dispatcher(deliveries, queue, silentLog)

    dispatch.wake()
    await dispatch.ended()

    assert.equal(queue.waiting.length, 250)
    assert.deepEqual(await deliveries.pending(1), [])
  })

  it('looks once more where it is woken while it looks', async () => {
    const { deliveries, queue } = await stored(1)
    const dispatch = dispatcher(deliveries, queue, silentLog)

    dispatch.wake()
    await deliveries.insert(delivery('late'))
    dispatch.wake()
    await dispatch.ended()

    assert.equal(queue.waiting.length, 2)
  })

  it('leaves a delivery for the next look where the queue could not take its jobs', async () => {
    const { deliveries, queue } = await stored(1)
    const away = { add: () => Promise.reject(new Error('the database is away')) }
    const dispatch = dispatcher(deliveries, away, silentLog)

    dispatch.wake()
    await dispatch.ended()

    const again = dispatcher(deliveries, queue, silentLog)
    again.wake()
    await again.ended()
    assert.equal(queue.waiting.length, 1)
  })
})

async function stored(count: number) {
  const deliveries: Deliveries = fakeDeliveries()
  for (let index = 0; index < count; index++) await deliveries.insert(delivery(String(index)))
  return { deliveries, queue: fakeQueue() }
}

function delivery(guid: string): StoredDelivery {
  const data = { installation: 7, repository: `acme/${guid}`, number: 1 }
  const jobs = [{ job: { name: 'evaluate-pull-request', data }, key: guid }] as const
  return { guid, event: 'pull_request', action: 'opened', installation: 7, repository: data.repository, jobs }
}
