import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'

import { after } from './after.ts'

describe('after', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('does it at its time, and not before', async () => {
    const done: string[] = []
    const later = after(3000, async () => void done.push('done'))

    mock.timers.tick(2999)
    const before = [...done]
    mock.timers.tick(1)
    await later.cancel()

    assert.deepEqual([before, done], [[], ['done']])
  })

  it('does nothing once it is called off', async () => {
    const done: string[] = []
    const later = after(3000, async () => void done.push('done'))

    await later.cancel()
    mock.timers.tick(3000)

    assert.deepEqual(done, [])
  })

  it('waits for the end of what has begun', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const done: string[] = []
    const later = after(1, async () => {
      await promise
      done.push('done')
    })

    mock.timers.tick(1)
    const cancelled = later.cancel()
    resolve()
    await cancelled

    assert.deepEqual(done, ['done'])
  })

  it('throws to whoever calls it off what was thrown', async () => {
    const later = after(1, () => Promise.reject(new Error('no')))

    mock.timers.tick(1)

    await assert.rejects(later.cancel(), /^Error: no$/)
  })
})
