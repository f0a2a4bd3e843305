import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { fakeTokens } from '../../testing/fake-token.ts'
import { masked } from './excerpt.ts'

const fake = fakeTokens('excerpt')

describe('masked', () => {
  for (const [name, secret] of [
    ['a token', fake.token('ghp_', 36)],
    ['a password with signs', fake.password(18)],
    ['a short password', fake.password(9)],
    ['a password in a list', `[${fake.password(12)}`],
  ] as const) {
    it(`hides ${name}, and keeps the length`, () => {
      const text = masked(`key: "${secret}", other: name`)

      assert.equal(text.length, `key: "${secret}", other: name`.length)
      assert.ok(!text.includes(secret.slice(4)))
      assert.match(text, /^key: ".*", other: name$/)
    })
  }

  it('takes a line of a megabyte for what it is', () => {
    assert.equal(masked('a'.repeat(1 << 20)).length, 1 << 20)
  })

  for (const text of [
    'clusters/production/**',
    'argocd/project-allows-any-destination',
    "['@acme/Platform-Team']",
    '2026-11-24',
    'evaluate_until: 2027-01-01',
  ]) {
    it(`leaves ${text} as it is`, () => assert.equal(masked(text), text))
  }
})
