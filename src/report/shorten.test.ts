import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { cutTo, shorten } from './shorten.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('shorten', () => {
  it('keeps both ends', () => {
    assert.equal(shorten('apps/very/long/deployment.yaml', 15), 'apps/ve…nt.yaml')
  })

  it('leaves what is short enough', () => assert.equal(shorten('😀😀', 2), '😀😀'))

  it('never gives more characters than asked for, nor half of one', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, most) => {
        const short = shorten(text, most)
        assert.ok(Array.from(short).length <= most)
        assert.equal(short.isWellFormed(), text.isWellFormed())
      }),
    )
  })
})

describe('cutTo', () => {
  it('cuts by bytes where these are the limit', () => {
    assert.equal(cutTo('語語語', { characters: 10, bytes: 7 }), '語…')
  })

  it('keeps to both limits, and leaves what fits', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 3, max: 60 }),
        (text, characters, bytes) => {
          const cut = cutTo(text, { characters, bytes })
          assert.ok(Array.from(cut).length <= characters)
          assert.ok(Buffer.byteLength(cut) <= bytes)
          const fits = Array.from(text).length <= characters && Buffer.byteLength(text) <= bytes
          assert.equal(cut === text, fits)
        },
      ),
    )
  })
})
