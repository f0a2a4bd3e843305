import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { sharedFilesOf } from './extended.ts'

describe('sharedFilesOf', () => {
  for (const [name, text, expected] of [
    [
      'the files of other repositories',
      'extends: [recommended, "acme/a//b/c.yml@v1", gitops-strict]',
      ['acme/a//b/c.yml@v1'],
    ],
    ['none of a file without any', 'mode: enforce', []],
    ['none of an empty file', '', []],
    ['none of a file that is not valid', 'extends: ["acme/a//b.yml@v1"]\nx: 1', []],
  ] as const)
    it(`names ${name}`, () => assert.deepEqual(sharedFilesOf(text), expected))
})
