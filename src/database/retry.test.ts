import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { Busy } from '../ports/queue.ts'
import { maximumTries, nextTry } from './retry.ts'

describe('the next try of a job', () => {
  const now = new Date('2026-01-05T09:00:00Z')

  it('is soon and does not count where another job was at it, however often', () => {
    const next = nextTry(maximumTries, new Busy(), now)

    const due = new Date('2026-01-05T09:00:03Z')
    assert.deepEqual(next, { kind: 'again', due, failures: maximumTries - 1, holdUntil: null })
  })

  it('is none after the last', () => {
    assert.deepEqual(nextTry(maximumTries, new Error('again'), now), { kind: 'dead' })
  })
})
