import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { EffectiveRules } from '../model/facts.ts'
import type { Guarantee } from '../model/inspection.ts'
import type { ProtectionPolicy } from '../model/policy.ts'
import { policyWith } from '../testing/policy.ts'
import { inspectProtection } from './protection.ts'

const ours = 42
const missing = 'classic protection: administration: read is missing'

const good: EffectiveRules = {
  branch: 'main',
  requiredChecks: [{ name: 'portcullis', app: ours, source: 'ruleset 7' }],
  forcePushBlocked: true,
  deletionBlocked: true,
  bypassActors: [],
  unknown: [],
  app: ours,
}

function inspect(rules: Partial<EffectiveRules>, policy: Partial<ProtectionPolicy> = {}) {
  const protection = { ...policyWith().protection, ...policy }
  return inspectProtection({ protection, check: 'portcullis', rules: { ...good, ...rules } })
}

function required(...apps: (number | null)[]) {
  return { requiredChecks: apps.map((app) => ({ name: 'portcullis', app, source: 'classic' })) }
}

describe('inspectProtection', () => {
  it('names what holds, with nothing to do', () => {
    const { branch, guarantees } = inspect({})

    assert.equal(branch, 'main')
    assert.deepEqual(
      guarantees.map(({ id, holds, remediation }) => [id, holds, remediation]),
      [
        ['check-required', 'yes', ''],
        ['check-pinned', 'yes', ''],
        ['force-push-blocked', 'yes', ''],
        ['no-bypass', 'yes', ''],
      ],
    )
  })

  for (const [name, rules, id, holds] of [
    [
      'a check of another name',
      { requiredChecks: [{ name: 'build', app: ours, source: 'x' }] },
      'check-required',
      'no',
    ],
    ['no required check', { requiredChecks: [] }, 'check-required', 'no'],
    [
      'no required check, not all being readable',
      { requiredChecks: [], unknown: [missing] },
      'check-required',
      'unknown',
    ],
    [
      'a required check that was seen, not all being readable',
      { unknown: [missing] },
      'check-required',
      'yes',
    ],
    ['a check from any source', required(null), 'check-pinned', 'no'],
    ["another App's check", required(7), 'check-pinned', 'no'],
    ['a check from any source beside a pinned one', required(null, ours), 'check-pinned', 'yes'],
    ['no required check', { requiredChecks: [] }, 'check-pinned', 'no'],
    ['an App that does not know its own id', { app: null }, 'check-pinned', 'unknown'],
    [
      'a check from any source, not all being readable',
      { ...required(null), unknown: [missing] },
      'check-pinned',
      'unknown',
    ],
    ['force pushes', { forcePushBlocked: false }, 'force-push-blocked', 'no'],
    [
      'force pushes, not all being readable',
      { forcePushBlocked: false, unknown: [missing] },
      'force-push-blocked',
      'unknown',
    ],
    ['somebody who may bypass', { bypassActors: ['team platform'] }, 'no-bypass', 'no'],
    ['a bypass list that cannot be read', { bypassActors: null }, 'no-bypass', 'unknown'],
    ['an empty bypass list, not all being readable', { unknown: [missing] }, 'no-bypass', 'unknown'],
  ] satisfies [string, Partial<EffectiveRules>, Guarantee['id'], Guarantee['holds']][]) {
    it(`says ${holds} to ${id} for ${name}, and what to do unless it holds`, () => {
      const found = inspect(rules).guarantees.find((guarantee) => guarantee.id === id)

      assert.equal(found?.holds, holds)
      assert.equal(found.remediation === '', holds === 'yes')
    })
  }

  it('allows the bypass actors that the policy names, and reports the others alone', () => {
    const bypassActors = ['team platform', 'app renovate']

    const found = inspect({ bypassActors }, { bypass_actors: ['team platform'] }).guarantees.at(-1)

    assert.match(found?.message ?? '', /name them: app renovate\.$/)
  })

  it('leaves out what the policy does not want', () => {
    const { guarantees } = inspect({}, { require_check: false, no_force_push: false })

    assert.deepEqual(
      guarantees.map(({ id }) => id),
      ['no-bypass'],
    )
  })

  it('says which permission is missing', () => {
    const [found] = inspect({ requiredChecks: [], unknown: [missing] }).guarantees

    assert.match(found?.message ?? '', /administration: read is missing/)
  })
})
