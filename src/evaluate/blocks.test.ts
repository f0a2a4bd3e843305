import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Severity } from '../model/finding.ts'
import { policyWith } from '../testing/policy.ts'
import { blocksIn } from './blocks.ts'

const severities: readonly Severity[] = ['critical', 'error', 'high', 'medium', 'low', 'info']
const { secrets, iac } = policyWith().gates

describe('what blocks', () => {
  for (const [fail_on, blocking] of [
    ['any', ['critical', 'error', 'high', 'medium', 'low']],
    ['high-confidence', ['critical', 'error', 'high']],
    ['never', []],
  ] as const) {
    it(`is a secret of ${blocking.join(', ') || 'no severity'} with secrets.fail_on ${fail_on}`, () => {
      const policy = policyWith({ gates: { secrets: { ...secrets, fail_on } } })

      const found = severities.filter((severity) => blocksIn(policy, { gate: 'secrets', severity }))

      assert.deepEqual(found, blocking)
    })
  }

  for (const [fail_on, blocking] of [
    ['critical', ['critical']],
    ['high', ['critical', 'error', 'high']],
    ['low', ['critical', 'error', 'high', 'medium', 'low']],
    ['never', []],
  ] as const) {
    it(`is a manifest's ${blocking.join(', ') || 'nothing'} with iac.fail_on ${fail_on}`, () => {
      const policy = policyWith({ gates: { iac: { ...iac, fail_on } } })

      const found = severities.filter((severity) => blocksIn(policy, { gate: 'iac', severity }))

      assert.deepEqual(found, blocking)
    })
  }
})
