import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { actor } from '../../testing/facts.ts'
import { approvedBy, judge, outcome, requirement } from '../../testing/review-case.ts'
import { type Demand, match } from './distinct.ts'

const policy = { distinct: true }

/** One of ann, or two of others. */
const annOr = (...by: string[]) => ({
  name: 'either',
  if: null,
  any: [
    { count: 1, by: ['ann'] },
    { count: 2, by },
  ],
})

describe('distinct', () => {
  for (const [name, requirements, approvals, expected] of [
    [
      'lets one person meet one requirement only',
      [requirement(1, ['ann']), requirement(1, ['ann', 'bob'])],
      ['ann'],
      'waiting',
    ],
    [
      'moves a person to where only that person fits',
      [requirement(1, ['ann', 'bob']), requirement(1, ['ann'])],
      ['ann', 'bob'],
      'pass',
    ],
    [
      'counts more than one',
      [requirement(2, ['@acme/platform']), requirement(1, ['ann', 'dan'])],
      ['ann', 'bob', 'cy'],
      'pass',
    ],
    [
      'fails where the people do not suffice',
      [requirement(1, ['ann']), requirement(1, ['ann'])],
      ['ann'],
      'fail',
    ],
    [
      'takes the alternative that leaves people for the others',
      [
        {
          name: 'either',
          if: null,
          any: [
            { count: 1, by: ['ann'] },
            { count: 1, by: ['bob'] },
          ],
        },
        requirement(1, ['ann']),
      ],
      ['ann', 'bob'],
      'pass',
    ],
  ] satisfies [string, Parameters<typeof judge>[0]['requirements'] & object, string[], string][]) {
    it(name, () =>
      assert.equal(outcome({ policy, requirements, facts: { reviews: approvedBy(...approvals) } }), expected),
    )
  }

  it('waits for an alternative that people can meet rather than for a nearer one that they cannot', () => {
    const requirements = [annOr('bob', 'cy'), requirement(1, ['ann'])]

    const { waiting } = judge({ policy, requirements })

    assert.deepEqual(
      waiting.map(({ who }) => who),
      [['bob', 'cy'], ['ann']],
    )
  })

  it('waits for the nearest of the alternatives that people can meet', () => {
    const either = { ...annOr(), any: [...annOr('bob', 'cy').any].toReversed() }

    assert.deepEqual(judge({ policy, requirements: [either] }).waiting[0]?.who, ['ann'])
  })

  it('still sees an approval that is ruled out', () => {
    const requirements = [
      { name: 'not bob', if: null, none: [{ count: 1, by: ['bob'] }] },
      requirement(1, ['ann']),
    ]

    assert.equal(outcome({ policy, requirements, facts: { reviews: approvedBy('ann', 'bob') } }), 'fail')
    assert.equal(outcome({ policy, requirements, facts: { reviews: approvedBy('ann') } }), 'pass')
  })

  it('uses up nobody for what is ruled out', () => {
    const rest = { name: 'not both', if: null, none: [{ count: 2, by: ['ann', 'bob'] }] }
    const requirements = [rest, requirement(2, ['@acme/platform'])]

    assert.equal(outcome({ policy, requirements, facts: { reviews: approvedBy('ann', 'cy') } }), 'pass')
  })

  it('is not asked for by default', () => {
    const requirements = [requirement(1, ['ann']), requirement(1, ['ann'])]

    assert.equal(outcome({ requirements, facts: { reviews: approvedBy('ann') } }), 'pass')
  })

  it('says who is missing and where', () => {
    const requirements = [requirement(1, ['ann']), requirement(2, ['@acme/platform'])]

    const { waiting } = judge({ policy, requirements, facts: { reviews: approvedBy('ann', 'bob') } })

    assert.deepEqual(waiting, [{ requirement: '@acme/platform', needs: 2, has: 1, who: ['cy'] }])
  })

  it('fails closed where there are too many ways to try', () => {
    const either = {
      name: 'either',
      if: null,
      any: ['ann', 'bob', 'cy'].map((login) => ({ count: 1, by: [login] })),
    }
    const requirements = Array.from({ length: 8 }, () => either)

    assert.equal(outcome({ policy, requirements, facts: { teams: { '@a/b': [actor('ann')] } } }), 'error')
  })
})

describe('match', () => {
  it('fills as many places as trying every assignment does', () => {
    const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
    const demands = fc.array(fc.record({ needs: fc.integer({ min: 0, max: 2 }), people }), { maxLength: 4 })

    fc.assert(
      fc.property(demands, (given) => {
        const filled = match(given)

        assert.equal(total(filled), best(given))
        for (const [index, count] of filled.entries()) assert.ok(count <= (given[index]?.needs ?? 0))
      }),
    )
  })
})

function best(demands: readonly Demand[]): number {
  const places = demands.flatMap(({ needs, people }) => Array.from({ length: needs }, () => people))
  const fill = (place: number, used: readonly string[]): number => {
    const people = places[place]
    if (people === undefined) return 0
    const free = people.filter((person) => !used.includes(person))
    return Math.max(fill(place + 1, used), ...free.map((person) => 1 + fill(place + 1, [...used, person])))
  }
  return fill(0, [])
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
