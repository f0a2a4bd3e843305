import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { hiddenIn, hostileText, hostileTexts } from '../../testing/hostile-text.ts'
import { cellsOf, codeSpans, withoutCode } from '../../testing/markdown-spans.ts'
import { block, code, prose, table } from './markdown.ts'
import { visible } from './visible.ts'

describe('code', () => {
  for (const [text, markdown] of [
    ['a.yaml', '`a.yaml`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['``x', '``` ``x ```'],
    [' a ', '`  a  `'],
    ['', '`(empty)`'],
    ['a|b', '`a|b`'],
    ['a\nb', '`a\\nb`'],
  ] as const) {
    it(`writes ${JSON.stringify(text)} as ${markdown}`, () => assert.equal(code(text), markdown))
  }

  it('makes any text one span that shows that text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const markdown = code(text)
        assert.deepEqual(codeSpans(markdown), [visible(text).trim() === '' ? '(empty)' : visible(text)])
        assert.equal(withoutCode(markdown), '␣')
      }),
    )
  })
})

describe('block', () => {
  it('keeps lines and shows what is hidden in them', () => {
    assert.equal(block('a\u001b[2J\n  ^\n\n'), '```text\na\\x1b[2J\n  ^\n```')
  })

  it('has a fence that nothing inside can close', () => {
    assert.equal(block('```\n</details>'), '````text\n```\n</details>\n````')
  })

  it('is one fence whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        assert.equal(withoutCode(block(text)), '␣')
        assert.deepEqual(hiddenIn(block(text)), [])
      }),
    )
  })
})

describe('prose', () => {
  for (const [text, markdown] of [
    ['Put it right.', 'Put it right.'],
    ["The owner's team (4 people) acts: 50% – or more!", "The owner's team (4 people) acts: 50% – or more!"],
    ['List them under spec.destinations.', 'List them under `spec.destinations`.'],
    ['Set "gates.iac" now', 'Set "`gates.iac`" now'],
    [
      'See https://a.example and https://b.example, too',
      'See `https://a.example` and `https://b.example`, too',
    ],
    ['ask @acme/team @kim now', 'ask `@acme/team @kim` now'],
    ['fixes #12 and GH-12', 'fixes `#12` and `GH-12`'],
    ['in 8c0de1f2', 'in `8c0de1f2`'],
    ['1. one', '`1`. one'],
    ['step 1. one', 'step 1. one'],
    [':x: no', '`:x`: no'],
    ['a\nb', '`a\\nb`'],
    ['', ''],
  ] as const) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(markdown)}`, () =>
      assert.equal(prose(text), markdown))
  }

  it('leaves only plain words and punctuation outside of code, whatever it quotes', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const rest = withoutCode(prose(text))
        assert.match(rest, /^[A-Za-z\u00c0-\u024f\d '’"(),.;:!?%…–—␣-]*$/u)
        assert.doesNotMatch(rest, /:[a-z]\w*:|\bGH-\d|^\s*(?:\d+[.)]|-)\s|\bwww\.|^ | {2}/i)
      }),
    )
  })

  it('loses no character that can be seen', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        assert.equal(letters(prose(text)), letters(visible(text)))
      }),
    )
  })
})

describe('table', () => {
  it('escapes a bar in a cell', () => {
    assert.equal(table(['Path'], [[code('a|b')]]), '| Path |\n| --- |\n| `a\\|b` |')
  })

  it('writes a bar behind a backslash as a code, which every reader takes alike', () => {
    assert.equal(table(['Path'], [[code('a\\|b')]]).split('\n')[2], '| `a\\\\x7cb` |')
  })

  it('has as many cells in each row as in its head, whatever is in them', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        const lines = table(['One', 'Other'], [[code(one), prose(other)]]).split('\n')
        assert.equal(lines.length, 3)
        assert.equal(cellsOf(lines[2] ?? '').length, 2)
      }),
    )
  })

  for (const text of hostileTexts)
    it(`stays whole around ${JSON.stringify(text)}`, () => {
      const [, , row = ''] = table(['One', 'Other'], [[code(text), 'end']]).split('\n')
      assert.equal(cellsOf(row)[1], 'end')
    })
})

function letters(markdown: string): string {
  return markdown.replaceAll(/[` ]/g, '')
}
