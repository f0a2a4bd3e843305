import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Facts } from '../../model/facts.ts'
import { actor, review } from '../../testing/facts.ts'
import { outcome, type ReviewCase } from '../../testing/review-case.ts'
import { latestOpinions } from './opinions.ts'

describe('the latest opinion', () => {
  for (const [states, expected] of [
    [['changes-requested', 'approved'], 'pass'],
    [['approved', 'changes-requested'], 'fail'],
    [['approved', 'commented'], 'pass'],
    [['approved', 'pending'], 'pass'],
    [['approved', 'dismissed'], 'waiting'],
    [['changes-requested', 'dismissed'], 'waiting'],
    [['changes-requested', 'commented'], 'fail'],
  ] satisfies [Facts['reviews'][number]['state'][], string][]) {
    it(`makes ${states.join(', then ')} ${expected}`, () =>
      assert.equal(outcome({ facts: { reviews: states.map((state) => review('ann', state)) } }), expected))
  }

  for (const [name, expected, facts] of [
    ['of somebody without any right does not block', 'pass', {}],
    [
      'of somebody with write access blocks',
      'fail',
      { collaborators: [{ actor: actor('eve'), role: 'write' }] },
    ],
    ['blocks where it is unknown who has write access', 'fail', { collaborators: null }],
  ] satisfies [string, string, ReviewCase['facts']][]) {
    it(`${name}, approved by others or not`, () => {
      const reviews = [review('ann', 'approved'), review('eve', 'changes-requested')]

      assert.equal(outcome({ facts: { reviews, ...facts } }), expected)
    })
  }

  it('blocks where its author is named by what does not apply', () => {
    const reviews = [review('ann', 'approved'), review('eve', 'changes-requested')]

    assert.equal(outcome({ facts: { reviews }, policyChanges: { count: 1, by: ['eve'] } }), 'fail')
  })

  it('cannot be cleared by somebody else, nor by another account that is gone', () => {
    const reviews = [review(null, 'changes-requested'), review(null, 'approved'), review('ann', 'approved')]

    assert.equal(outcome({ facts: { reviews } }), 'fail')
  })
})

describe('latestOpinions', () => {
  it('leaves out what was dismissed', () =>
    assert.deepEqual(latestOpinions([review('ann', 'approved'), review('ann', 'dismissed')]), []))
})
