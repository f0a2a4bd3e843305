import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, it } from 'node:test'

import { rules } from './index.ts'

describe('the rules of reviews', () => {
  it('are all in the index, each named after its file', () => {
    const files = globSync('src/gates/reviews/rules/*.ts')
      .map((file) => basename(file, '.ts'))
      .filter((name) => name !== 'index' && name !== 'rules.test')

    assert.deepEqual(rules.map(({ id }) => id).toSorted(), files.map((name) => `reviews/${name}`).toSorted())
  })

  for (const { id, rationale, remediation, title } of rules) {
    it(`${id} says why and what to do, in sentences`, () => {
      assert.doesNotMatch(title, /\.$/)
      assert.match(rationale, /^[A-Z].*\.$/)
      assert.match(remediation, /^[A-Z].*\.$/)
    })
  }
})
