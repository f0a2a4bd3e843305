import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { policyWith } from '../testing/policy.ts'
import { isPolicyOnly, isPolicyPath } from './policy-paths.ts'

const { gates } = policyWith()
const moved = policyWith({
  baseline: 'security/known.json',
  gates: { signatures: { ...gates.signatures, trust: 'security/trust/root.yml' } },
})

describe('isPolicyPath', () => {
  for (const [path, policy, expected] of [
    ['.github/portcullis.yml', policyWith(), true],
    ['.github/portcullis/trust.yml', policyWith(), true],
    ['.github/portcullis/keys/ssh/allowed_signers', policyWith(), true],
    ['.github/portcullis/baseline.json', policyWith(), true],
    ['.github/CODEOWNERS', policyWith(), true],
    ['CODEOWNERS', policyWith(), true],
    ['docs/CODEOWNERS', policyWith(), true],
    ['.github/workflows/ci.yml', policyWith(), false],
    ['.github/portcullis.yaml', policyWith(), false],
    ['apps/CODEOWNERS', policyWith(), false],
    ['sub/.github/portcullis.yml', policyWith(), false],
    ['security/trust/root.yml', moved, true],
    ['security/trust/keys/openpgp/kim.asc', moved, true],
    ['security/known.json', moved, true],
    ['security/other.json', moved, false],
  ] as const)
    it(`says ${expected} of ${path}`, () => assert.equal(isPolicyPath(policy, path), expected))
})

describe('isPolicyOnly', () => {
  it('holds for a change of what judges, and of nothing else', () => {
    assert.equal(isPolicyOnly(policyWith(), ['.github/portcullis.yml', 'CODEOWNERS']), true)
    assert.equal(isPolicyOnly(policyWith(), ['.github/portcullis.yml', 'apps/a.yaml']), false)
  })

  it('does not hold for a change of nothing', () => assert.equal(isPolicyOnly(policyWith(), []), false))
})
