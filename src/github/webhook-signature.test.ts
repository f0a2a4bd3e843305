import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'

import { sign } from '@octokit/webhooks-methods'
import * as fc from 'fast-check'

import { Redacted } from '../std/redacted.ts'
import { webhookVerifier } from './webhook-signature.ts'

const [current, previous, foreign] = [secret(), secret(), secret()]
const verifier = webhookVerifier([new Redacted(current), new Redacted(previous)])
const body = '{"zen":"Half measures are as bad as nothing at all."}'

describe('webhookVerifier', () => {
  for (const [name, signature, expected] of [
    ['accepts the secret', signed(current), true],
    ['accepts the previous secret', signed(previous), true],
    ['refuses another secret', signed(foreign), false],
    ['refuses another body', signed(current, `${body} `), false],
    ['refuses an empty header', '', false],
    ['refuses a digest without its name', signed(current).slice('sha256='.length), false],
    ['refuses SHA-1', `sha1=${createHmac('sha1', current).update(body).digest('hex')}`, false],
    ['refuses a digest that is cut off', signed(current).slice(0, -2), false],
    ['refuses a digest with something behind it', `${signed(current)}00`, false],
    ['refuses two digests', `${signed(current)}, ${signed(current)}`, false],
    ['refuses what is no digest', `sha256=${'zz'.repeat(32)}`, false],
  ] as const) {
    it(name, () => {
      const proof = verifier.begin()
      proof.update(Buffer.from(body))

      assert.equal(proof.holds(signature), expected)
    })
  }

  it('accepts what GitHub’s own library signs, however the body is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(40), async (text, at) => {
        const bytes = Buffer.from(text)
        const proof = verifier.begin()
        proof.update(bytes.subarray(0, at))
        proof.update(bytes.subarray(at))

        assert.ok(proof.holds(await sign(current, text)))
      }),
      { numRuns: 50 },
    )
  })
})

function signed(key: string, text = body): string {
  return `sha256=${createHmac('sha256', key).update(text).digest('hex')}`
}

function secret(): string {
  return randomBytes(32).toString('hex')
}
