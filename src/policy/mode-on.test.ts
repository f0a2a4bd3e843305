import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { policyWith } from '../testing/policy.ts'
import { modeOn } from './mode-on.ts'

describe('modeOn', () => {
  for (const [mode, evaluate_until, day, expected] of [
    ['enforce', null, '2026-11-25', 'enforce'],
    ['evaluate', '2026-11-26', '2026-11-25', 'evaluate'],
    ['evaluate', '2026-11-25', '2026-11-25', 'enforce'],
    ['evaluate', null, '2026-11-25', 'enforce'],
    ['off', null, '2026-11-25', 'off'],
  ] as const)
    it(`is ${expected} for ${mode} until ${evaluate_until} on ${day}`, () => {
      assert.equal(modeOn(policyWith({ mode, evaluate_until }), day), expected)
    })
})
