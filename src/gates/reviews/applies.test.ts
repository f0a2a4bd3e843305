import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { RequirementCondition } from '../../model/policy.ts'
import { file } from '../../testing/review-case.ts'
import { applies } from './applies.ts'

describe('applies', () => {
  for (const [condition, path, expected] of [
    [null, 'a', true],
    [{}, 'a', true],
    [{ paths: [] }, 'a', false],
    [{ paths: ['prod/**'] }, 'prod/a/b.yaml', true],
    [{ paths: ['prod/**'] }, 'prod/.hidden/x', true],
    [{ paths: ['prod/**'] }, 'staging/a.yaml', false],
    [{ paths: ['staging/**', '*.tf'] }, 'main.tf', true],
    [{ paths: ['#a'] }, '#a', true],
    [{ paths: ['!docs/**'] }, 'apps/a.yaml', true],
    [{ weakens: true }, 'a', true],
    [{ weakens: true, paths: ['prod/**'] }, 'a', false],
  ] satisfies [RequirementCondition | null, string, boolean][]) {
    it(`is ${expected} for ${JSON.stringify(condition)} and ${path}`, () =>
      assert.equal(applies(condition, [file(path)]), expected))
  }
})
