import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'

import { exchange, openDoor, signed, statusOf } from '../testing/open-door.ts'

const delivery = signed(JSON.stringify({ zen: 'Speak like a human.' }), { 'x-github-event': 'ping' })

describe('receiveDelivery, when the database does not store', () => {
  it('does not acknowledge what failed', async (t) => {
    const door = await openDoor(t, { deliveries: { insert: () => Promise.reject(new Error('disk full')) } })

    const answer = await exchange(t, door.port, delivery)

    assert.equal(statusOf(answer), 503)
    assert.doesNotMatch(answer, /disk full/)
    assert.equal(door.woken(), 0)
  })

  it('does not acknowledge what is not stored in time', async (t) => {
    const door = await openDoor(t, {
      deliveries: { insert: () => new Promise<never>(() => undefined) },
      limits: { storeMs: 20 },
    })

    const answer = await exchange(t, door.port, delivery)

    assert.equal(statusOf(answer), 503)
  })

  it('makes jobs of what was stored too late', async (t) => {
    const late = Promise.withResolvers<'stored'>()
    const door = await openDoor(t, { deliveries: { insert: () => late.promise }, limits: { storeMs: 20 } })
    await exchange(t, door.port, delivery)
    assert.equal(door.woken(), 0)

    late.resolve('stored')
    await turn()

    assert.equal(door.woken(), 1)
  })

  it('survives what fails too late', async (t) => {
    const late = Promise.withResolvers<'stored'>()
    const door = await openDoor(t, { deliveries: { insert: () => late.promise }, limits: { storeMs: 20 } })
    await exchange(t, door.port, delivery)

    late.reject(new Error('connection lost'))
    await turn()

    assert.equal(door.woken(), 0)
  })

  it('answers a mistake of ours with a sentence and without its message', async (t) => {
    const door = await openDoor(t, {
      read: () => {
        throw new Error('a mistake')
      },
    })

    const answer = await exchange(t, door.port, delivery)

    assert.equal(statusOf(answer), 500)
    assert.doesNotMatch(answer, /a mistake/)
  })
})

describe('receiveDelivery, of a push to a branch whose name holds a secret', () => {
  for (const [ref, jobs] of [
    ['refs/heads/hidden', 0],
    ['refs/heads/main', 1],
  ] as const) {
    it(`makes ${jobs} jobs of ${ref}`, async (t) => {
      const door = await openDoor(t, { holdsSecret: (text) => text.includes('hidden') })

      const answer = await exchange(t, door.port, pushTo(ref))

      assert.equal(statusOf(answer), 202)
      assert.equal(door.stored[0]?.jobs.length, jobs)
      assert.ok(!JSON.stringify(door.stored).includes('hidden'))
    })
  }
})

function pushTo(ref: string) {
  return signed(
    JSON.stringify({
      ref,
      before: '1'.repeat(40),
      after: '2'.repeat(40),
      installation: { id: 7 },
      repository: { full_name: 'acme/fleet' },
    }),
    { 'x-github-event': 'push' },
  )
}
