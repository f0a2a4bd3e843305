import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { loadPolicy } from '../load-policy.ts'
import { policyKeys } from '../policy-file.ts'
import { notYet } from './not-yet.ts'

function warningsOf(text: string) {
  const loaded = loadPolicy({
    repository: { path: '.github/portcullis.yml', oid: null, text },
    organisation: null,
  })
  return (loaded.kind === 'valid' ? loaded.warnings : loaded.problems).map(
    ({ level, file, line, column, message }) => `${level} ${file}:${line}:${column} ${message}`,
  )
}

describe('a key that has no effect yet', () => {
  it('is a warning at its place', () =>
    assert.deepEqual(warningsOf('version: 1\nreport:\n  waiting: in_progress\n  comment: never\n'), [
      'warning .github/portcullis.yml:4:3 report.comment: this version does not act on it yet',
    ]))

  for (const [text, count] of [
    ['gates:\n  signatures:\n    require: every-commit\n', 1],
    ['gates:\n  signatures:\n    require: never\n', 0],
    ['gates:\n  iac:\n    custom: []\n', 0],
    ['extends: [gitops-strict]\n', 0],
    ['gitops:\n  production: [apps/**]\n', 0],
  ] as const) {
    it(`is ${count === 0 ? 'none' : 'one that blocks'} in ${JSON.stringify(text)}`, () => {
      const found = warningsOf(text)

      assert.equal(found.length, count)
      for (const warning of found) assert.match(warning, /no change passes while the policy asks for it$/)
    })
  }

  it('is a key of the policy', () => {
    for (const key of notYet.keys()) assert.ok(policyKeys.has(key), key)
  })
})
