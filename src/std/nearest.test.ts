import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { nearest } from './nearest.ts'

describe('nearest', () => {
  for (const [name, known, expected] of [
    ['secret', ['secrets', 'reviews'], 'secrets'],
    ['revies', ['secrets', 'reviews'], 'reviews'],
    ['iac_', ['iac'], 'iac'],
    ['aic', ['iac', 'any'], 'iac'],
    ['ENFORCE', ['enforce'], 'enforce'],
    ['protected', ['protection'], 'protection'],
    ['colour', ['mode', 'gates'], null],
    ['x', [], null],
    ['x'.repeat(10_000), ['x'], null],
  ] as const)
    it(`takes ${name.slice(0, 20)} of ${known.join(', ')} for ${expected}`, () => {
      assert.equal(nearest(name, known), expected)
    })
})
