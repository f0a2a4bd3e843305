import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { policyWith } from '../testing/policy.ts'
import { branchRulesFor } from './branch-rules.ts'

const policy = policyWith({
  branches: [
    { name: 'default', match: ['~DEFAULT_BRANCH'], check: 'a' },
    { name: 'releases', match: ['release/*', 'env/**'], check: 'b' },
    { name: 'main', match: ['main'], check: 'c' },
  ],
})

describe('branchRulesFor', () => {
  for (const [branch, names] of [
    ['main', ['default', 'main']],
    ['release/1', ['releases']],
    ['release/.next', ['releases']],
    ['release/1/fix', []],
    ['env/eu/prod', ['releases']],
    ['~DEFAULT_BRANCH', []],
    ['Main', []],
  ] as const)
    it(`guards ${branch} by ${names.join(' and ') || 'nothing'}`, () => {
      const rules = branchRulesFor(policy, branch, 'main')

      assert.deepEqual(
        rules.map(({ name }) => name),
        names,
      )
    })

  it('guards the default branch, whatever its name', () => {
    assert.equal(branchRulesFor(policyWith(), 'trunk[1]', 'trunk[1]').length, 1)
  })
})
