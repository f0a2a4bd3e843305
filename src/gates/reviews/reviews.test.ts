import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Commit } from '../../model/change.ts'
import { actor, commit, factsWith, review } from '../../testing/facts.ts'
import { gateInput } from '../../testing/gate-input.ts'
import { approvedBy, file, judge, outcome, requirement, type ReviewCase } from '../../testing/review-case.ts'
import { reviews } from './reviews.ts'

const head = '1'.repeat(40)
const earlier = '2'.repeat(40)

describe('reviews', () => {
  const own = { commits: [commit(head)] }

  for (const [name, expected, given] of [
    ['waits without an approval', 'waiting', {}],
    ['passes with one of the team', 'pass', { facts: { reviews: approvedBy('ann') } }],
    ['does not count somebody else', 'waiting', { facts: { reviews: approvedBy('eve') } }],
    [
      'counts a login whatever its case',
      'pass',
      { requirements: [requirement(1, ['ANN'])], facts: { reviews: approvedBy('ann') } },
    ],
    [
      'counts a login whatever its case at GitHub',
      'pass',
      { requirements: [requirement(1, ['ann'])], facts: { reviews: approvedBy('Ann') } },
    ],
    [
      'reads a team whatever its case',
      'pass',
      { requirements: [requirement(1, ['@Acme/Platform'])], facts: { reviews: approvedBy('ann') } },
    ],
    [
      'compares people by id: a login that was taken over is somebody else',
      'waiting',
      { facts: { reviews: [review(actor('ann', { id: 7 }), 'approved')] } },
    ],
    [
      'counts one person once, however often that person approves',
      'waiting',
      {
        requirements: [requirement(2, ['@acme/platform'])],
        facts: { reviews: approvedBy('ann', 'ann') },
      },
    ],
    [
      'does not count the author',
      'waiting',
      { facts: { reviews: approvedBy('ann'), pullRequest: { author: actor('ann') } } },
    ],
    [
      'counts the author where the policy says so',
      'pass',
      {
        policy: { author_counts: true },
        change: own,
        facts: {
          reviews: approvedBy('ann'),
          pullRequest: { author: actor('ann') },
          attributions: by(head, 'ann'),
        },
      },
    ],
    [
      'does not count somebody who wrote a commit of a merged side branch',
      'waiting',
      {
        change: {
          commits: [
            commit(earlier),
            commit('3'.repeat(40)),
            commit(head, { parents: ['3'.repeat(40), earlier] }),
          ],
        },
        facts: {
          reviews: approvedBy('bob'),
          attributions: { ...by(head, 'author'), ...by('3'.repeat(40), 'author'), ...by(earlier, 'bob') },
        },
      },
    ],
    [
      'does not count a committer',
      'waiting',
      { change: own, facts: { reviews: approvedBy('bob'), attributions: by(head, 'author', 'bob') } },
    ],
    [
      'does not count a co-author, known by the no-reply address',
      'waiting',
      {
        change: { commits: withCoAuthor(`${actor('bob').id}+bob@users.noreply.github.com`) },
        facts: { reviews: approvedBy('bob'), attributions: by(head, 'author') },
      },
    ],
    [
      'does not count a co-author, known by the old no-reply address',
      'waiting',
      {
        change: { commits: withCoAuthor('Bob@users.noreply.github.com') },
        facts: { reviews: approvedBy('bob'), attributions: by(head, 'author') },
      },
    ],
    [
      'asks for one more where a co-author is unknown',
      'waiting',
      {
        change: { commits: withCoAuthor('bob@example.com') },
        facts: { reviews: approvedBy('bob'), attributions: by(head, 'author') },
      },
    ],
    [
      'takes a tool that signs its help for nobody',
      'pass',
      {
        change: { commits: withCoAuthor('noreply@example.com') },
        facts: { reviews: approvedBy('bob'), attributions: by(head, 'author') },
      },
    ],
    [
      'does not count a pusher',
      'waiting',
      { facts: { reviews: approvedBy('bob'), pushers: [actor('bob')] } },
    ],
    [
      'counts a contributor where the policy says so',
      'pass',
      {
        policy: { contributor_counts: true },
        facts: { reviews: approvedBy('bob'), pushers: [actor('bob')] },
      },
    ],
    [
      'does not count the author for being a contributor',
      'waiting',
      {
        policy: { contributor_counts: true },
        facts: { reviews: approvedBy('ann'), pullRequest: { author: actor('ann') }, pushers: [actor('ann')] },
      },
    ],
    [
      'is not content with the one approval that an unknown author could have given',
      'waiting',
      { change: own, facts: { reviews: approvedBy('bob') } },
    ],
    [
      'is content with one approval more than unknown authors could have given',
      'pass',
      { change: own, facts: { reviews: approvedBy('bob', 'cy') } },
    ],
    [
      'does not wait for more people than there are',
      'fail',
      {
        change: own,
        requirements: [requirement(3, ['@acme/platform'])],
        facts: { reviews: approvedBy('ann', 'bob', 'cy') },
      },
    ],
    [
      'does not count a bot',
      'waiting',
      {
        requirements: [requirement(1, ['ann', 'helper[bot]'])],
        facts: { reviews: [review(actor('helper[bot]', { kind: 'app' }), 'approved')] },
      },
    ],
    [
      'counts a bot where the policy says so',
      'pass',
      {
        policy: { bots: { may_approve: true } },
        requirements: [requirement(1, ['helper[bot]'])],
        facts: { reviews: [review(actor('helper[bot]', { kind: 'app' }), 'approved')] },
      },
    ],
    ['does not count an account that is gone', 'waiting', { facts: { reviews: [review(null, 'approved')] } }],
    [
      'counts by role: at least that one',
      'pass',
      {
        requirements: [requirement(1, ['write'])],
        facts: { reviews: approvedBy('dan'), collaborators: [{ actor: actor('dan'), role: 'admin' }] },
      },
    ],
    [
      'does not count a lesser role',
      'waiting',
      {
        requirements: [requirement(1, ['write'])],
        facts: {
          reviews: approvedBy('dan'),
          collaborators: [
            { actor: actor('dan'), role: 'triage' },
            { actor: actor('fay'), role: 'write' },
          ],
        },
      },
    ],
    [
      'fails closed: roles that could not be read are unknown, not nobody',
      'error',
      { requirements: [requirement(1, ['write'])], facts: { collaborators: null } },
    ],
    [
      'does not need to know more once enough have approved',
      'pass',
      {
        requirements: [requirement(1, ['write', 'ann'])],
        facts: { collaborators: null, reviews: approvedBy('ann') },
      },
    ],
    ['fails closed: a team that was not read is unknown', 'error', { facts: { teams: {} } }],
    ['fails where the team does not exist', 'fail', { facts: { teams: { '@acme/platform': null } } }],
    [
      'fails where the team is the author alone',
      'fail',
      {
        facts: { teams: { '@acme/platform': [actor('ann')] }, pullRequest: { author: actor('ann') } },
      },
    ],
    [
      'fails closed: code owners are not read yet, whoever has approved',
      'error',
      { requirements: [requirement(1, ['codeowners', 'ann'])], facts: { reviews: approvedBy('ann') } },
    ],
    ['passes a requirement of nobody', 'pass', { requirements: [requirement(0, [])] }],
    ['passes where no requirement applies', 'pass', { requirements: [requirement(1, ['ann'], ['prod/**'])] }],
    [
      'asks for a path that is gone, hidden or not',
      'waiting',
      {
        requirements: [requirement(1, ['ann'], ['prod/**'])],
        change: { files: [{ ...file('prod/.env'), status: 'removed' }] },
      },
    ],
    [
      'asks for what weakens as long as nobody can tell',
      'waiting',
      { requirements: [{ ...requirement(1, ['ann']), if: { weakens: true } }] },
    ],
  ] satisfies [string, string, ReviewCase][]) {
    it(name, () => assert.equal(outcome(given), expected))
  }

  it('is not evaluated without facts or for a push', () => {
    const push = factsWith({ pullRequest: null })

    assert.equal(reviews.evaluate(gateInput()).kind, 'not-evaluated')
    assert.equal(reviews.evaluate(gateInput({ facts: push })).kind, 'not-evaluated')
  })

  it('says of a requirement that nobody can meet who is asked and why not, and of unknown contributors', () => {
    const { findings } = judge({
      requirements: [requirement(1, ['mel'])],
      change: own,
      facts: { pushers: [actor('mel')], reviews: [] },
    })

    const [found] = findings
    assert.equal(found?.rule, 'reviews/requirement-cannot-be-met')
    assert.equal(
      found.message,
      'Nobody can meet the requirement "mel": it needs 2 of mel, of whom nobody may approve (not mel, because this person pushed to the change). This counts one approval more for each contributor without an account (1).',
    )
  })

  it('says who is missing, sorted, and what was looked at', () => {
    const { waiting, lookedAt } = judge({
      requirements: [requirement(2, ['cy', '@acme/platform'])],
      facts: { reviews: approvedBy('bob') },
    })

    assert.deepEqual(waiting, [
      { requirement: 'cy and @acme/platform', needs: 2, has: 1, who: ['ann', 'cy'] },
    ])
    assert.equal(lookedAt, '1 of 2 approvals on 1111111')
  })
})

function by(oid: string, author: string, committer = author) {
  return { [oid]: { author: actor(author), committer: actor(committer) } }
}

function withCoAuthor(email: string): Commit[] {
  return [commit(head, { coAuthors: [{ name: 'Bob', email, at: null }] })]
}
