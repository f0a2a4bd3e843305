import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { hiddenIn, hostileText } from '../../testing/hostile-text.ts'
import { visible } from './visible.ts'

describe('visible', () => {
  for (const [name, text, shown] of [
    ['an escape sequence', '\u001b[2J', '\\x1b[2J'],
    ['a line break', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['a C1 control', '\u009b', '\\x9b'],
    ['DEL', '\u007f', '\\x7f'],
    ['a bidirectional override', '\u202e', '\\u202e'],
    ['an isolate', '\u2066', '\\u2066'],
    ['a zero-width space', '\u200b', '\\u200b'],
    ['a space that is none', '\u00a0', '\\xa0'],
    ['a line separator', '\u2028', '\\u2028'],
    ['a lone surrogate', '\ud83d', '\\ud83d'],
    ['a tag character', '\u{e0041}', '\\u{e0041}'],
    ['a mark on nothing', '\u0338/', '\\u0338/'],
    ['a mark behind a space', 'a \u0338', 'a \\u0338'],
    ['marks piled up', 'a\u0301\u0302\u0303', 'a\u0301\u0302\\u0303'],
  ] as const) {
    it(`shows ${name}`, () => assert.equal(visible(text), shown))
  }

  for (const text of ['apps/größe/файл.yaml', 'a b', 'é', '日本', '😀', '`|<@']) {
    it(`leaves ${text} as it is`, () => assert.equal(visible(text), text))
  }

  it('leaves nothing hidden in any text, and makes it one line', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = visible(text)
        assert.deepEqual(hiddenIn(shown), [])
        assert.equal(shown.includes('\n'), false)
      }),
    )
  })

  it('changes nothing in what it has shown', () => {
    fc.assert(fc.property(hostileText, (text) => assert.equal(visible(visible(text)), visible(text))))
  })
})
