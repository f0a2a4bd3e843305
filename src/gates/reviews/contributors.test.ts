import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Person } from '../../model/change.ts'
import { actor, commit, factsWith } from '../../testing/facts.ts'
import { changeWith } from '../../testing/gate-input.ts'
import { approvedBy, judge, outcome, requirement } from '../../testing/review-case.ts'
import { contributorsOf } from './contributors.ts'

const [first, second] = ['1'.repeat(40), '2'.repeat(40)]

function person(name: string, email: string): Person {
  return { name, email, at: null }
}

describe('contributorsOf', () => {
  it('says what each account did first', () => {
    const commits = [commit(first), commit(second)]
    const attributions = {
      [first]: { author: actor('ann'), committer: actor('web-flow') },
      [second]: { author: actor('bob'), committer: actor('ann') },
    }
    const facts = factsWith({ attributions, pushers: [actor('bob'), actor('cy')] })

    const { did, unknown } = contributorsOf(changeWith({ commits }), facts)

    assert.deepEqual(
      [...did.values()],
      ['wrote 1111111', 'committed 1111111', 'wrote 2222222', 'pushed to the change'],
    )
    assert.deepEqual(unknown, [])
  })

  for (const [name, pushers, reviews, expected] of [
    ['is unknown where there is an approval and GitHub does not say', null, approvedBy('ann'), 1],
    ['matters to nobody before there is an approval', null, [], 0],
    ['is known where GitHub says', [actor('bob')], approvedBy('ann'), 0],
  ] as const) {
    it(`counts a pusher who ${name}`, () => {
      const facts = factsWith({ pushers: pushers === null ? null : [...pushers], reviews: [...reviews] })

      const { unknown } = contributorsOf(changeWith(), facts)

      assert.deepEqual(
        unknown.map(({ shown }) => shown),
        Array.from({ length: expected }, () => 'whoever pushed to the branch'),
      )
    })
  }

  it('asks for one approval more where the pusher is unknown, and says so', () => {
    const one = { facts: { pushers: null, reviews: approvedBy('ann') } }
    const two = { facts: { pushers: null, reviews: approvedBy('ann', 'bob') } }

    const { findings } = judge(one)

    assert.deepEqual([outcome(one), outcome(two)], ['waiting', 'pass'])
    const found = findings.find(({ rule }) => rule === 'reviews/unattributed-contributor')
    assert.match(found?.message ?? '', /GitHub does not say who pushed .* one approval more/)
  })

  it('knows a co-author by an address that GitHub has attributed', () => {
    const commits = [
      commit(first, { author: person('Bob', 'bob@example.com') }),
      commit(second, { coAuthors: [person('B.', 'BOB@example.com')] }),
    ]
    const attributions = {
      [first]: { author: actor('bob'), committer: actor('ann') },
      [second]: { author: actor('ann'), committer: actor('ann') },
    }

    const { unknown } = contributorsOf(changeWith({ commits }), factsWith({ attributions }))

    assert.deepEqual(unknown, [])
  })

  it('takes one address for one unknown person, and names where there is none', () => {
    const commits = [
      commit(first, { author: person('A', 'a@example.com'), committer: person('Other', 'A@example.com') }),
      commit(second, { author: person('B', ''), committer: person('C', '') }),
    ]

    const { unknown } = contributorsOf(changeWith({ commits }), factsWith())

    assert.deepEqual(
      unknown.map(({ identity, shown, commit: oid }) => [identity, shown, oid]),
      [
        ['a@example.com', 'A <a@example.com>', first],
        ['B', 'B <>', second],
        ['C', 'C <>', second],
      ],
    )
  })
})

describe('noreply@', () => {
  const server = person('GitHub', 'noreply@example.com')

  for (const [name, made, unknown] of [
    ['is a server as committer', { committer: server }, ['ada@example.com']],
    ['is unknown as author', { author: server, committer: server }, ['noreply@example.com']],
  ] as const) {
    it(name, () => {
      const change = changeWith({ commits: [commit(first, made)] })

      const found = contributorsOf(change, factsWith()).unknown.map(({ identity }) => identity)

      assert.deepEqual(found, unknown)
    })
  }
})

describe('an unknown contributor', () => {
  const change = { commits: [commit(first)] }

  for (const [name, expected, given] of [
    [
      'is the author of a pull request whose account is gone',
      'waiting',
      { facts: { pullRequest: { author: null } } },
    ],
    ['does not matter where contributors count', 'pass', { change, policy: { contributor_counts: true } }],
  ] as const) {
    it(name, () =>
      assert.equal(
        outcome({
          ...given,
          facts: { reviews: approvedBy('ann'), ...('facts' in given ? given.facts : {}) },
        }),
        expected,
      ),
    )
  }

  it('asks for nobody where nobody is asked for', () => {
    assert.equal(outcome({ change, requirements: [requirement(0, [])] }), 'pass')
  })
})
