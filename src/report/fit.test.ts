import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { fit, maxBytes } from './fit.ts'

const leftOut = (number: number) => `${number} left out`

describe('fit', () => {
  it('joins what fits, and says of nothing that it was left out', () => {
    assert.equal(fit({ parts: ['one', '', 'two'], last: 'end', leftOut }), 'one\n\ntwo\n\nend')
  })

  it('leaves out the last parts first, and says how many', () => {
    const parts = ['a'.repeat(20), 'b'.repeat(20), 'c'.repeat(20)]

    assert.equal(fit({ parts, last: 'end', leftOut }, 50), `${parts[0]}\n\n2 left out\n\nend`)
  })

  it('leaves out no part before one that is less important', () => {
    const parts = ['a'.repeat(20), 'b'.repeat(21), 'c']

    assert.equal(fit({ parts, last: '', leftOut }, 40), `${parts[0]}\n\n2 left out`)
  })

  it('leaves out a part that is too large by itself, and keeps the rest', () => {
    const parts = ['x'.repeat(maxBytes + 1), 'small']

    assert.equal(fit({ parts, last: 'end', leftOut }), 'small\n\n1 left out\n\nend')
  })

  it('counts bytes, not characters', () => {
    const parts = Array.from({ length: 3 }, () => '語'.repeat(10_000))

    const text = fit({ parts, last: 'end', leftOut })

    assert.equal(text, `${parts[0]}\n\n${parts[1]}\n\n1 left out\n\nend`)
  })

  it('keeps to the limit to the byte', () => {
    const whole = 'x'.repeat(maxBytes - 'end'.length - 2)

    assert.equal(Buffer.byteLength(fit({ parts: [whole], last: 'end', leftOut })), maxBytes)
    assert.equal(fit({ parts: [`${whole}x`], last: 'end', leftOut }), '1 left out\n\nend')
  })

  it('never exceeds the limit, cuts no part, and counts all that it leaves out', () => {
    const part = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .map((text) => text.replaceAll('\n', ' '))
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.integer({ min: 60, max: 300 }), (parts, most) => {
        const text = fit({ parts, last: 'end', leftOut }, most)
        assert.ok(Buffer.byteLength(text) <= most)
        const number = Number(/(\d+) left out\n\nend$/.exec(text)?.[1] ?? 0)
        const shown = parts.filter((one) => text.split('\n\n').includes(one))
        assert.ok(shown.length >= parts.length - number)
      }),
    )
  })
})
