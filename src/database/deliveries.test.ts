import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import type { Deliveries, StoredDelivery } from '../ports/delivery.ts'
import { fakeDeliveries } from '../testing/fake-stores.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import type { KeptDeliveries } from './deliveries.ts'

const delivery = (guid: string, given: Partial<StoredDelivery> = {}): StoredDelivery => ({
  guid,
  event: 'pull_request',
  action: 'opened',
  installation: 1,
  repository: 'acme/app',
  jobs: [
    {
      job: {
        name: 'evaluate-head',
        data: { installation: 1, repository: 'acme/app', head: 'a', rescan: 'fresh' },
      },
      key: 'k',
    },
    {
      job: {
        name: 'answer-command',
        data: {
          installation: 1,
          repository: 'acme/app',
          number: 1,
          comment: 2,
          sender: 'ada',
          command: { name: 'unknown', meant: null },
        },
      },
      key: 'k',
    },
  ],
  ...given,
})

for (const kind of ['database', 'fake'] as const)
  describe(`the deliveries of the ${kind}`, () => {
    let database: TestDatabase | null = null
    let deliveries: Deliveries
    before(async () => {
      if (kind === 'database') database = await testDatabase()
      deliveries = database?.deliveries ?? fakeDeliveries()
    })
    after(async () => database?.close())

    it('stores one GUID once, and gives it back until it is dispatched, oldest first', async () => {
      const nameless = delivery('a', { action: null, installation: null, repository: null, jobs: [] })
      const stored = [await deliveries.insert(delivery('b')), await deliveries.insert(nameless)]
      const again = await deliveries.insert(delivery('b', { action: 'another' }))
      await deliveries.insert(delivery('c'))
      const pending = [await deliveries.pending(2), await deliveries.pending(9)]
      await deliveries.dispatched('b')

      assert.deepEqual(stored, ['stored', 'stored'])
      assert.equal(again, 'known')
      assert.deepEqual(pending, [
        [delivery('b'), nameless],
        [delivery('b'), nameless, delivery('c')],
      ])
      assert.deepEqual(await deliveries.pending(9), [nameless, delivery('c')])
      assert.equal(await deliveries.insert(delivery('b')), 'known')
    })
  })

describe('forgetting deliveries', () => {
  it('keeps what is young, and what is not dispatched', async () => {
    const clock = manualClock()
    const database = await testDatabase({ clock })
    const deliveries: KeptDeliveries = database.deliveries
    for (const guid of ['old', 'pending']) await deliveries.insert(delivery(guid))
    await deliveries.dispatched('old')
    clock.advance(1)
    await deliveries.insert(delivery('young'))
    await deliveries.dispatched('young')

    const forgotten = await deliveries.forget(clock.now())

    assert.equal(forgotten, 1)
    assert.equal(await deliveries.insert(delivery('young')), 'known')
    assert.deepEqual(await deliveries.pending(9), [delivery('pending')])
    await database.close()
  })
})
