import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { exchange, openDoor, statusOf } from '../testing/open-door.ts'

describe('readiness', () => {
  it('is alive', async (t) => {
    const door = await openDoor(t)

    assert.equal(statusOf(await exchange(t, door.port, get('/healthz'))), 200)
    assert.equal(statusOf(await exchange(t, door.port, get('/healthz?probe=1', 'HEAD'))), 200)
  })

  for (const [name, isReady, status] of [
    ['ready', true, 200],
    ['not ready', false, 503],
  ] as const) {
    it(`says that it is ${name}, with a sentence for each item`, async (t) => {
      const database = { name: 'database', isReady: true, message: 'The database is migrated.' }
      const github = { name: 'github', isReady, message: 'GitHub answered.' }
      const door = await openDoor(t, { ready: async () => [database, github] })

      const answer = await exchange(t, door.port, get('/readyz'))

      assert.equal(statusOf(answer), status)
      assert.deepEqual(JSON.parse(answer.split('\r\n\r\n')[1] ?? ''), {
        ready: isReady,
        items: [
          { name: 'database', ready: true, message: 'The database is migrated.' },
          { name: 'github', ready: isReady, message: 'GitHub answered.' },
        ],
      })
    })
  }

  for (const [name, ready] of [
    ['fails', () => Promise.reject(new Error('no route'))],
    ['does not come back', never],
  ] as const) {
    it(`is not ready while the check ${name}`, async (t) => {
      const door = await openDoor(t, { ready, limits: { readyMs: 20 } })

      const answer = await exchange(t, door.port, get('/readyz'))

      assert.equal(statusOf(answer), 503)
      assert.doesNotMatch(answer, /no route/)
    })
  }

  it('makes one check for all who ask at the same time', async (t) => {
    const [asked, checked] = [Promise.withResolvers<void>(), Promise.withResolvers<[]>()]
    let checks = 0
    const ready = () => {
      checks += 1
      asked.resolve()
      return checked.promise
    }
    const door = await openDoor(t, { ready })
    const keeping = get('/readyz').replace('close', 'keep-alive')
    const answered = exchange(t, door.port, keeping + keeping + get('/readyz'))
    await asked.promise

    checked.resolve([])

    assert.equal((await answered).match(/HTTP\/1\.1 200/g)?.length, 3)
    assert.equal(checks, 1)
  })
})

function get(at: string, method = 'GET'): string {
  return `${method} ${at} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`
}

function never(): Promise<never> {
  return new Promise(() => undefined)
}
