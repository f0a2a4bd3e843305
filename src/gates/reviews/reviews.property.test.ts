import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import type { Review } from '../../model/facts.ts'
import { actor, commit, review } from '../../testing/facts.ts'
import { outcome, type ReviewCase } from '../../testing/review-case.ts'

const head = '1'.repeat(40)
const earlier = '2'.repeat(40)
const logins = ['ann', 'bob', 'cy', 'dan', 'eve'] as const

const login = fc.constantFrom(...logins)
const by = fc.uniqueArray(fc.constantFrom(...logins, '@acme/platform', 'write'), {
  minLength: 1,
  maxLength: 3,
})
const count = fc.record({ count: fc.integer({ min: 1, max: 2 }), by })
const needs = fc.oneof(
  count,
  fc.record({ any: fc.array(count, { minLength: 1, maxLength: 2 }) }),
  fc.record({ all: fc.array(count, { minLength: 1, maxLength: 2 }) }),
)
const requirements = fc
  .array(needs, { minLength: 1, maxLength: 3 })
  .map((list) => list.map((one, index) => ({ name: `${index}`, if: null, ...one })))
const state = fc.oneof(
  { weight: 8, arbitrary: fc.constant('approved' as const) },
  { weight: 1, arbitrary: fc.constantFrom('commented', 'dismissed', 'changes-requested') },
)
const opinions = fc.array(
  fc
    .tuple(login, state, fc.constantFrom(head, head, head, earlier))
    .map(([who, said, at]) => review(who, said, at)),
  { maxLength: 8 },
)
const collaborators = fc
  .uniqueArray(login)
  .map((list) => list.map((who) => ({ actor: actor(who), role: 'write' as const })))

/** Cases without attributions have an unknown author; half of them. */
const cases = fc
  .record({
    requirements,
    reviews: opinions,
    collaborators,
    distinct: fc.boolean(),
    known: fc.boolean(),
    maker: login,
  })
  .map(
    ({
      requirements: asked,
      reviews,
      collaborators: roles,
      distinct,
      known,
      maker,
    }): ReviewCase & {
      facts: { reviews: Review[] }
    } => ({
      requirements: asked,
      policy: { distinct },
      change: { commits: [commit(head)] },
      facts: {
        reviews,
        collaborators: roles,
        pullRequest: { author: actor('eve') },
        attributions: known ? { [head]: { author: actor(maker), committer: actor(maker) } } : {},
      },
    }),
  )

describe('reviews, whatever the case', () => {
  it('still pass after one approval of the head more', () => {
    let passed = 0
    fc.assert(
      fc.property(cases, login, (given, who) => {
        if (outcome(given) !== 'pass') return
        passed += 1
        const reviews = [...given.facts.reviews, review(who, 'approved')]

        assert.equal(outcome({ ...given, facts: { ...given.facts, reviews } }), 'pass')
      }),
      { numRuns: 2000 },
    )

    assert.ok(passed > 20, `only ${passed} cases were about a pass`)
  })

  it('do not come to pass by approvals that do not count', () => {
    const approvals = fc.array(
      fc.oneof(
        fc.constant(review('eve', 'approved')),
        fc.constant(review('mel', 'approved')),
        fc.constant(review(null, 'approved')),
        login.map((who) => review(who, 'approved', earlier)),
        login.map((who) => review(actor(`${who}[bot]`, { kind: 'bot' }), 'approved')),
      ),
      { minLength: 1, maxLength: 5 },
    )

    fc.assert(
      fc.property(cases, approvals, (given, more) => {
        const objections = given.facts.reviews.filter(({ state }) => state === 'changes-requested')
        fc.pre(objections.length === 0 && outcome(given) !== 'pass')
        const reviews = [...given.facts.reviews, ...more]

        assert.notEqual(outcome({ ...given, facts: { ...given.facts, reviews } }), 'pass')
      }),
    )
  })
})
