import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { UserError } from '../std/user-error.ts'
import { readBaseline } from './baseline.ts'

const file = '.github/portcullis/baseline.json'

describe('readBaseline', () => {
  it('reads the fingerprints and the key, which it does not show', () => {
    const key = randomBytes(32).toString('hex')
    const text = JSON.stringify({
      version: 1,
      fingerprint_key: key,
      findings: [{ fingerprint: 'a', rule: 'x/y' }],
    })

    const baseline = readBaseline(file, text)

    assert.deepEqual([...baseline.fingerprints], ['a'])
    assert.doesNotMatch(inspect(baseline, { depth: 9 }), new RegExp(key))
  })

  for (const [name, text] of [
    ['no JSON', '{'],
    ['another version', '{"version":2,"fingerprint_key":"00"}'],
    ['no key', '{"version":1,"findings":[]}'],
    ['a key that is not hexadecimal', '{"version":1,"fingerprint_key":"secret words"}'],
  ]) {
    it(`refuses ${name}, and quotes nothing of the file`, () => {
      assert.throws(
        () => readBaseline(file, text ?? ''),
        (error) =>
          error instanceof UserError && error.file === file && !error.message.includes('secret words'),
      )
    })
  }
})
