import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { absence, conditionOf, isAbsent } from './absence.ts'

const minutes = 60_000

describe('a kept 404', () => {
  it('is taken for true for five minutes, and not after', () => {
    const kept = absence(0)

    assert.equal(isAbsent(kept, 5 * minutes - 1), true)
    assert.equal(isAbsent(kept, 5 * minutes), false)
  })

  it('is no condition of a request, as an ETag is', () => {
    assert.deepEqual(conditionOf(absence(0)), {})
    assert.deepEqual(conditionOf({ etag: '"a"', value: 1 }), { 'if-none-match': '"a"' })
  })

  for (const [name, known] of [
    ['nothing', null],
    ['an answer', { etag: '"a"', value: { until: 9e15 } }],
    ['something that is no time', { etag: 'absent', value: 'x' }],
  ] as const) {
    it(`is not ${name}`, () => assert.equal(isAbsent(known, 0), false))
  }
})
