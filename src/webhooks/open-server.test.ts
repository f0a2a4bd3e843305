import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { converse, exchange, openDoor, signed, statusOf } from '../testing/open-door.ts'

const body = JSON.stringify({ zen: 'Speak like a human.' })
const ping = { 'x-github-event': 'ping' }

describe('openServer', () => {
  it('takes no more connections than it may', async (t) => {
    const door = await openDoor(t, {}, { connections: 1 })
    const holding = converse(t, door.port)
    holding.socket.write(signed(body, ping).slice(0, -1))
    await new Promise((resolve) => holding.socket.once('connect', resolve))

    const answer = await exchange(t, door.port, signed(body, ping))

    assert.equal(answer, '')
  })

  it('lets what is being answered come to its end before it closes', async (t) => {
    const storing = Promise.withResolvers<'stored'>()
    const begun = Promise.withResolvers<void>()
    const insert = () => {
      begun.resolve()
      return storing.promise
    }
    const door = await openDoor(t, { deliveries: { insert } }, { closeMs: 5_000 })
    const answered = exchange(t, door.port, signed(body, { ...ping, connection: 'keep-alive' }))
    await begun.promise

    const closed = door.close()
    storing.resolve('stored')
    await closed

    assert.equal(statusOf(await answered), 202)
  })

  it('closes what does not come to an end', async (t) => {
    const door = await openDoor(t, {}, { closeMs: 20 })
    const { socket, answered } = converse(t, door.port)
    await new Promise<void>((resolve) => socket.write(signed(body, ping).slice(0, -1), () => resolve()))

    await door.close()

    assert.equal(await answered, '')
  })

  it('takes nothing new after it closed', async (t) => {
    const door = await openDoor(t)

    await door.close()

    assert.equal(await exchange(t, door.port, signed(body, ping)), '')
  })
})
