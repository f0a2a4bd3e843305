import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { EffectiveRules } from '../model/facts.ts'
import { factsWith } from '../testing/facts.ts'
import { policyWith } from '../testing/policy.ts'
import { protectionOf } from './protection-of.ts'

const rules: EffectiveRules = {
  branch: 'main',
  requiredChecks: [],
  forcePushBlocked: true,
  deletionBlocked: true,
  bypassActors: [],
  unknown: [],
  app: 99,
}
const strict = policyWith({ protection: { ...policyWith().protection, fail_on_drift: true } })
const facts = factsWith({ effectiveRules: rules })

describe('protectionOf', () => {
  for (const [name, policy, given, kind] of [
    ['is not asked where drift is only reported', policyWith(), facts, 'not-asked'],
    ['is not asked without facts', strict, null, 'not-asked'],
    ['is not asked of a push', strict, factsWith({ pullRequest: null, effectiveRules: rules }), 'not-asked'],
    ['is unread where the facts hold no rules', strict, factsWith({ effectiveRules: null }), 'unread'],
    [
      'is unread where they hold those of another branch',
      strict,
      factsWith({ effectiveRules: { ...rules, branch: 'next' } }),
      'unread',
    ],
    ['is inspected where drift decides', strict, facts, 'inspected'],
  ] as const) {
    it(name, () => assert.equal(protectionOf(policy, given).kind, kind))
  }

  it('looks at the check of each branch rule that the base branch falls under', () => {
    const branches = [
      { name: 'default', match: ['~DEFAULT_BRANCH'], check: 'one' },
      { name: 'all', match: ['m*'], check: 'two' },
      { name: 'other', match: ['release/*'], check: 'three' },
    ]

    const found = protectionOf({ ...strict, branches }, facts)

    assert.deepEqual(
      found.kind === 'inspected' &&
        found.inspections.map(({ check, inspection }) => [
          check,
          inspection.guarantees.filter(({ holds }) => holds === 'no').map(({ id }) => id),
        ]),
      [
        ['one', ['check-required', 'check-pinned']],
        ['two', ['check-required', 'check-pinned']],
      ],
    )
  })
})
