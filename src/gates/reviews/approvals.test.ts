import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Change } from '../../model/change.ts'
import type { ReviewsPolicy } from '../../model/policy.ts'
import { actor, review } from '../../testing/facts.ts'
import { judge, outcome, requirement, type ReviewCase } from '../../testing/review-case.ts'

const head = '1'.repeat(40)
const earlier = '2'.repeat(40)

describe('an earlier approval', () => {
  const then = [review('ann', 'approved', earlier)]
  const states = (one: string | null, other: string | null) => [
    { commit: earlier, content: one },
    { commit: head, content: other },
  ]

  for (const [stale, reviewed, expected] of [
    ['always', states('a', 'a'), 'waiting'],
    ['changed-content', states('a', 'a'), 'pass'],
    ['changed-content', states('a', 'b'), 'waiting'],
    ['changed-content', states(null, 'a'), 'waiting'],
    ['changed-content', states(null, null), 'waiting'],
    ['changed-content', [], 'waiting'],
    ['never', [], 'pass'],
  ] satisfies [ReviewsPolicy['stale'], Change['reviewed'], string][]) {
    it(`is ${expected} with ${stale} and ${JSON.stringify(reviewed.map(({ content }) => content))}`, () =>
      assert.equal(outcome({ policy: { stale }, facts: { reviews: then }, change: { reviewed } }), expected))
  }

  it('of an unknown commit counts only where age does not matter', () => {
    const reviews = [review('ann', 'approved', null)]

    assert.equal(outcome({ facts: { reviews } }), 'waiting')
    assert.equal(outcome({ facts: { reviews }, policy: { stale: 'never' } }), 'pass')
  })
})

describe('an approval that does not count', () => {
  for (const [name, given, reason] of [
    [
      'of the author',
      { facts: { pullRequest: { author: actor('ann') } } },
      /the author of the pull request may not/,
    ],
    ['of a pusher', { facts: { pushers: [actor('ann')] } }, /this person pushed to the change/],
    [
      'of a team that is not asked',
      { requirements: [requirement(1, ['bob'])] },
      /no requirement .* asks this person/,
    ],
  ] satisfies [string, ReviewCase, RegExp][]) {
    it(`${name} is reported with its reason and does not block`, () => {
      const { findings } = judge({
        ...given,
        facts: { ...given.facts, reviews: [review('ann', 'approved')] },
      })

      const [found, ...more] = findings
      assert.equal(found?.rule, 'reviews/approval-does-not-count')
      assert.equal(found.severity, 'info')
      assert.match(found.message, reason)
      assert.deepEqual(more, [])
    })
  }

  it('has a fingerprint that a new commit leaves as it is', () => {
    const given = { facts: { reviews: [review('eve', 'approved')] } }

    const [one] = judge(given).findings
    const [other] = judge({ ...given, change: { head: earlier } }).findings

    assert.equal(one?.fingerprint, other?.fingerprint)
  })

  it('is only remarked where a person without write access is named', () => {
    const { findings } = judge({ facts: { reviews: [review('ann', 'approved')] } })

    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['reviews/approver-without-write'],
    )
  })
})
