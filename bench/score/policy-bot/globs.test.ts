import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'
import { minimatch } from 'minimatch'

import { CannotImport } from './cannot-import.ts'
import { globOfPattern, globsOfGlob } from './globs.ts'

const segment = fc.constantFrom('a', 'b', 'docs', 'a.go', '.b', 'ab-a')
const paths = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const pieces = fc.array(fc.constantFrom('a', 'b', '\\.go', 'docs/', '.*'), { maxLength: 5 })
const patterns = fc
  .tuple(fc.constantFrom('', '^'), pieces, fc.constantFrom('', '$'))
  .map(([begin, middle, end]) => begin + middle.join('') + end)

describe('globOfPattern', () => {
  for (const [pattern, path, matches] of [
    ['docs/', 'src/docs/x.md', true],
    ['^docs/', 'src/docs/x.md', false],
    ['app/.*\\.go', 'app/a/b.go', true],
    ['app/.*\\.go', 'app/b.rs', false],
    ['^a$', 'a', true],
    ['^a$', 'b/a', false],
    ['/a', 'b/a', true],
    ['/a', 'a', false],
    ['.*', 'any/thing', true],
  ] as const) {
    it(`says ${matches} to ${path} for ${pattern}`, () =>
      assert.equal(minimatch(path, globOfPattern(pattern), { dot: true }), matches))
  }

  it('matches what the regular expression does', () => {
    fc.assert(
      fc.property(patterns, paths, (pattern, path) => {
        assert.equal(minimatch(path, globOfPattern(pattern), { dot: true }), new RegExp(pattern).test(path))
      }),
      { numRuns: 5000 },
    )
  })

  for (const pattern of [
    'a|b',
    '(a)',
    'a+',
    '[ab]',
    'a.b',
    '^a?',
    '\\d',
    'a{2}',
    '\\$',
    'a//b',
    '/\\.\\.$',
  ]) {
    it(`refuses ${pattern}`, () => assert.throws(() => globOfPattern(pattern), CannotImport))
  }
})

describe('globsOfGlob', () => {
  it('takes the folder itself with what is in it', () =>
    assert.deepEqual(globsOfGlob('charts/**'), ['charts/**', 'charts']))

  it('refuses what minimatch reads otherwise', () =>
    assert.throws(() => globsOfGlob('!charts'), CannotImport))
})
