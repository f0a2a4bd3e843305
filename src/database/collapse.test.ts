import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { array, assert as holds, constantFrom, property } from 'fast-check'

import type { Job } from '../ports/queue.ts'
import { collapse } from './collapse.ts'

const repository = { installation: 1, repository: 'acme/app' }
const rescans = [undefined, 'again', 'fresh'] as const
const evaluate = (rescan: (typeof rescans)[number]): Job => ({
  name: 'evaluate-pull-request',
  data: { ...repository, number: 1, ...(rescan === undefined ? {} : { rescan }) },
})
const push = (before: string, after: string, ...also: string[]): Job => ({
  name: 'evaluate-push',
  data: { ...repository, ref: 'refs/heads/main', before, after, ...(also.length === 0 ? {} : { also }) },
})
const left = (...removed: string[]): Job => ({
  name: 'update-installation',
  data: { installation: 1, change: 'repositories-changed', removed },
})

describe('collapse', () => {
  it('keeps the strongest rescan of any number of jobs', () => {
    holds(
      property(array(constantFrom(...rescans), { minLength: 1 }), (asked) => {
        const strongest = Math.max(...asked.map((rescan) => rescans.indexOf(rescan)))

        const collapsed = asked.map(evaluate).reduce(collapse)

        assert.deepEqual(collapsed, evaluate(rescans[strongest]))
      }),
    )
  })

  for (const [name, first, second, range] of [
    ['in order', push('a', 'b'), push('b', 'c'), push('a', 'c', 'b')],
    ['out of order', push('b', 'c'), push('a', 'b'), push('a', 'c', 'b')],
    ['that do not follow each other', push('a', 'b'), push('x', 'c'), push('a', 'c', 'b')],
    ['and keeps where it stood before', push('a', 'c', 'b'), push('c', 'd'), push('a', 'd', 'b', 'c')],
  ] as const) {
    it(`makes two pushes one range: ${name}`, () => assert.deepEqual(collapse(first, second), range))
  }

  it('keeps every repository that left', () => {
    assert.deepEqual(collapse(left('a', 'b'), left('b', 'c')), left('a', 'b', 'c'))
  })
})
