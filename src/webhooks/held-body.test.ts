import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { BlockPool } from './block-pool.ts'
import { HeldBody } from './held-body.ts'

const block = 64 * 1024

describe('HeldBody', () => {
  it('holds what was put in, however it was cut', () => {
    const pool = new BlockPool(4 * block)
    const sizes = fc.array(fc.oneof(fc.nat(10), fc.constantFrom(block - 1, block, block + 1)), {
      maxLength: 3,
    })

    fc.assert(
      fc.property(sizes, (cuts) => {
        const body = new HeldBody(pool)
        const chunks = cuts.map((size, at) => Buffer.alloc(size, String.fromCharCode(97 + at)))
        for (const chunk of chunks) assert.ok(body.append(chunk))

        const text = body.text()
        body.release()

        assert.equal(text, Buffer.concat(chunks).toString())
      }),
    )
  })

  it('takes what it can, and gives it back once', () => {
    const pool = new BlockPool(2 * block)
    const [one, other] = [new HeldBody(pool), new HeldBody(pool)]
    const whole = Buffer.alloc(2 * block)

    assert.ok(one.append(whole))
    assert.ok(!other.append(Buffer.alloc(1)))
    one.release()
    one.release()
    assert.ok(other.append(whole))
    assert.ok(!other.append(Buffer.alloc(1)))
  })

  it('does not see what was in its memory before', () => {
    const pool = new BlockPool(block)
    const [one, other] = [new HeldBody(pool), new HeldBody(pool)]
    one.append(Buffer.from('secret'))
    one.release()

    other.append(Buffer.from('a'))

    assert.equal(other.text(), 'a')
  })
})
