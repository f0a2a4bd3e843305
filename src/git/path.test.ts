import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { bytesOf, pathOf } from './path.ts'

describe('pathOf', () => {
  for (const [name, bytes, path] of [
    ['keeps ASCII', 'apps/a.yaml', 'apps/a.yaml'],
    ['keeps UTF-8', 'caf\u00C3\u00A9/\u00F0\u009F\u0098\u0080', 'café/😀'],
    ['keeps a byte order mark', '\u00EF\u00BB\u00BFa', '\uFEFFa'],
    ['keeps newline, tab and quotes', 'a\n\t"\\\'', 'a\n\t"\\\''],
    ['escapes a byte that is not UTF-8', 'prod/\u00FF.yaml', 'prod/\uFFFDff.yaml'],
    ['escapes latin1', 'caf\u00E9/x', 'caf\uFFFDe9/x'],
    ['escapes a cut sequence', 'a\u00F0\u009F\u0098', 'a\uFFFDf0\uFFFD9f\uFFFD98'],
    ['escapes an encoded surrogate', '\u00ED\u00A0\u0080', '\uFFFDed\uFFFDa0\uFFFD80'],
    ['escapes an overlong slash', '\u00C0\u00AF', '\uFFFDc0\uFFFDaf'],
    ['escapes a real U+FFFD', '\u00EF\u00BF\u00BDff', '\uFFFDef\uFFFDbf\uFFFDbdff'],
    ['keeps the UTF-8 beside it', '\u00C3\u00A9\u00FF\u00C3\u00A9', 'é\uFFFDffé'],
  ] as const) {
    it(name, () => assert.equal(pathOf(Buffer.from(bytes, 'latin1')), path))
  }

  it('is undone by bytesOf for any bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'binary' }).map((text) => new Uint8Array(Buffer.from(text.toWellFormed()))),
      fc.array(fc.constantFrom(0xef, 0xbf, 0xbd, 0x66, 0xf0, 0x9f)).map((list) => new Uint8Array(list)),
    )
    fc.assert(
      fc.property(bytes, (name) => {
        const path = pathOf(name)

        assert.ok(path.isWellFormed())
        assert.deepEqual(bytesOf(path), Buffer.from(name))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('bytesOf', () => {
  for (const [name, path] of [
    ['a bare mark', 'a\uFFFD'],
    ['a mark without digits', 'a\uFFFDzz'],
    ['an escape that was not needed', 'a\uFFFD62'],
    ['half a character', 'a\uD800'],
  ] as const) {
    it(`refuses ${name}`, () => assert.equal(bytesOf(path), null))
  }

  it('never gives one name for two paths', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('\uFFFD', 'f', '0', 'é', 'a') }), (path) => {
        const bytes = bytesOf(path)

        if (bytes !== null) assert.equal(pathOf(bytes), path)
      }),
      { numRuns: 2000 },
    )
  })
})
