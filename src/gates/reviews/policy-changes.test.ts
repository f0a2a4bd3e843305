import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { actor, review } from '../../testing/facts.ts'
import { file, judge, outcome, type ReviewCase } from '../../testing/review-case.ts'

describe('a change of the policy', () => {
  const collaborators = [
    { actor: actor('ann'), role: 'write' as const },
    { actor: actor('max'), role: 'maintain' as const },
    { actor: actor('ned'), role: 'admin' as const },
  ]

  for (const path of [
    '.github/portcullis.yml',
    '.github/portcullis/baseline.json',
    '.github/portcullis/trust.yml',
    '.github/portcullis/keys/ssh/allowed_signers',
    '.github/portcullis/keys',
    'CODEOWNERS',
    'docs/CODEOWNERS',
    '.github/CODEOWNERS',
  ]) {
    it(`in ${path} waits for its own approvers`, () => {
      const reviews = [review('ann', 'approved')]

      const { waiting } = judge({ change: { files: [file(path)] }, facts: { reviews, collaborators } })

      assert.deepEqual(waiting, [{ requirement: 'policy change', needs: 1, has: 0, who: ['max', 'ned'] }])
    })
  }

  for (const [name, reviews, pusher, expected] of [
    ['passes with a maintainer', ['ann', 'max'], 'ann', 'pass'],
    ['never counts its author', ['ann', 'ned'], 'ann', 'waiting'],
    ['never counts a contributor', ['ann', 'max'], 'max', 'fail'],
  ] satisfies [string, string[], string, string][]) {
    it(`${name}, whatever counts elsewhere`, () => {
      const given: ReviewCase = {
        policy: { author_counts: true, contributor_counts: true },
        change: { files: [file('CODEOWNERS')] },
        facts: {
          reviews: reviews.map((login) => review(login, 'approved')),
          collaborators,
          pullRequest: { author: actor('ned') },
          pushers: [actor(pusher)],
        },
      }

      assert.equal(outcome(given), expected)
    })
  }

  it('is also one of the organisation, in its own repository', () => {
    const repository = { id: 1, owner: 'acme', name: '.github', defaultBranch: 'main' }
    const change = { files: [file('portcullis.yml')] }

    assert.equal(outcome({ change, facts: { repository, collaborators }, requirements: [] }), 'waiting')
    assert.equal(outcome({ change, facts: { collaborators }, requirements: [] }), 'pass')
  })
})
