import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { commit, review } from '../../testing/facts.ts'
import { judge, outcome } from '../../testing/review-case.ts'

describe('any, all, none', () => {
  const ann = { count: 1, by: ['ann'] }
  const bob = { count: 1, by: ['bob'] }
  const two = { count: 2, by: ['@acme/platform'] }
  const nobody = { count: 1, by: [] }
  const unread = { count: 1, by: ['@acme/unread'] }

  for (const [needs, approvals, expected] of [
    [{ any: [two, bob] }, ['bob'], 'pass'],
    [{ any: [two, bob] }, ['ann', 'cy'], 'pass'],
    [{ any: [two, bob] }, ['ann'], 'waiting'],
    [{ any: [nobody, bob] }, [], 'waiting'],
    [{ any: [nobody, nobody] }, ['ann'], 'fail'],
    [{ any: [unread, bob] }, [], 'waiting'],
    [{ any: [unread, nobody] }, [], 'error'],
    [{ any: [] }, ['ann'], 'fail'],
    [{ all: [ann, bob] }, ['ann', 'bob'], 'pass'],
    [{ all: [ann, bob] }, ['ann'], 'waiting'],
    [{ all: [ann, nobody] }, ['ann'], 'fail'],
    [{ all: [ann, unread] }, ['ann'], 'error'],
    [{ all: [ann, { any: [bob, two] }] }, ['ann', 'cy'], 'pass'],
    [{ none: [bob] }, ['ann'], 'pass'],
    [{ none: [bob] }, ['ann', 'bob'], 'fail'],
    [{ none: [unread] }, [], 'error'],
    [{ all: [ann, { none: [bob, nobody] }] }, ['ann'], 'pass'],
  ] satisfies [object, string[], string][]) {
    it(`makes ${JSON.stringify(needs)} with ${approvals.join(', ') || 'nobody'} ${expected}`, () => {
      const requirements = [{ name: 'tree', if: null, ...needs }]
      const reviews = approvals.map((login) => review(login, 'approved'))

      assert.equal(outcome({ requirements, facts: { reviews } }), expected)
    })
  }

  it('rules out an approval also where contributors are unknown', () => {
    const requirements = [{ name: 'tree', if: null, none: [bob] }]
    const change = { commits: [commit('1'.repeat(40))] }

    assert.equal(outcome({ requirements, change, facts: { reviews: [review('bob', 'approved')] } }), 'fail')
  })

  it('names the people of the nearest alternatives', () => {
    const requirements = [{ name: 'tree', if: null, any: [two, ann, { count: 1, by: ['dan'] }] }]

    assert.deepEqual(judge({ requirements }).waiting, [
      { requirement: 'tree', needs: 1, has: 0, who: ['ann', 'dan'] },
    ])
  })
})
