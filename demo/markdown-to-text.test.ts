import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { assert as property, property as holds, string } from 'fast-check'

import { displayWidth } from './display-width.ts'
import { markdownToText } from './markdown-to-text.ts'
import { painter } from './paint.ts'

const plain = { columns: 40, paint: painter(false) }

describe('markdownToText', () => {
  for (const [name, markdown, lines] of [
    ['a heading', '### To merge this', ['To merge this']],
    ['bold and code', '**Get** an `a b` of `` c`d ``', ['Get an a b of c`d']],
    ['what is escaped', String.raw`ghp\_… \(40\) \*`, ['ghp_… (40) *']],
    ['a link', '[steps](docs/fix.md)', ['steps (docs/fix.md)']],
    [
      'a list, broken under its text',
      '1. one two three four five six seven eight nine ten\n2. b',
      ['1. one two three four five six seven', '   eight nine ten', '2. b'],
    ],
    ['bullets', '- a\n- b', ['• a', '• b']],
    ['paragraphs apart', 'a\n\nb\n- c', ['a', '', 'b', '', '• c']],
    [
      'a table, its last column broken',
      '| Gate | Looked at |\n| --- | --- |\n| ❌ `iac` | one two three four five six seven |\n| ➖ x | a \\| b |',
      ['Gate    Looked at', '❌ iac  one two three four five six', '        seven', '➖ x    a | b'],
    ],
    [
      'a fold as one line',
      '<details open><summary>❌ <b><code>a/b</code></b> x &lt;y&gt;</summary>\n\nbody\n\n</details>\nafter',
      ['▸ ❌ a/b x <y>', '', 'after'],
    ],
    ['small print', '<sub>`abc` · 1 s</sub>', ['abc · 1 s']],
    ['a block of code as it is', '```text\n**a**\n\n| b |\n```\nc', ['  **a**', '  ', '  | b |', '', 'c']],
    ['a fence that is never closed', '```text\na', ['  a']],
    ['nothing', '', []],
  ] as const) {
    it(`shows ${name}`, () => assert.deepEqual(markdownToText(markdown, plain), lines))
  }

  it('paints each word alone', () => {
    const lines = markdownToText('**a b** `c`', { ...plain, paint: (style, text) => `<${style}:${text}>` })

    assert.deepEqual(lines, ['<bold:a> <bold:b> <code:c>'])
  })

  it('takes any text, and breaks it wherever a word ends', () => {
    property(
      holds(string({ unit: 'grapheme', maxLength: 300 }), (markdown) => {
        for (const line of markdownToText(markdown, plain)) {
          const isOneWord = !line
            .trim()
            .replace(/^(?:•|▸|\d+\.) /, '')
            .includes(' ')
          assert.ok(
            isOneWord || displayWidth(line) <= 40 || markdown.includes('|') || markdown.includes('```'),
            line,
          )
        }
      }),
    )
  })
})
