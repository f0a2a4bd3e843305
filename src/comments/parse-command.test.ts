import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { parseCommand } from './parse-command.ts'

const again = { name: 'rescan', fresh: false }
const fresh = { name: 'rescan', fresh: true }
const misspelled = { name: 'unknown', meant: 'rescan' }
const ticks = '```'

describe('parseCommand', () => {
  for (const [name, body, command] of [
    ['a command', '/rescan', again],
    ['an option', '/rescan --fresh', fresh],
    ['blanks around an option', '/rescan \t --fresh  ', fresh],
    ['blanks behind', '/rescan  ', again],
    ['a command below text', 'Fixed it.\n/rescan', again],
    ['a command below a paragraph', 'Fixed it.\n\n/rescan\n\nThanks!', again],
    ['lines that end as on Windows', 'Fixed it.\r\n/rescan --fresh\r\n', fresh],
    ['the first of two', '/rescan --fresh\n/rescan', fresh],
    ['a command in details', '<details>\n\n/rescan\n\n</details>', again],
    ['a command below a quotation', '> /rescan --fresh\n\n/rescan', again],
    ['a command below code', `${ticks}\n/rescan --fresh\n${ticks}\n/rescan`, again],
    ['a command below a comment', '<!-- /rescan --fresh -->\n/rescan', again],
    ['a command below a comment of lines', '<!--\n/rescan --fresh\n-->\n/rescan', again],
    ['a command between inline code', 'Fixed `a`.\n/rescan\nand `b`', again],
    ['a command below a lone backtick', 'It`s fixed.\n/rescan', again],
    ['a command below an escaped backtick', 'a \\`\n/rescan\nb `', again],
    ['a command below a comparison', 'a < b\n/rescan\nc > d', again],
    ['a command below an item', '- `a\n- b`\n\n/rescan', again],
    ['a command below code that is quoted in line', '`<code>` is a tag\n\n<b>x</b>\n/rescan', null],

    ['a misspelled command', '/rescn', misspelled],
    ['a capital', '/Rescan', misspelled],
    ['two letters swapped', '/recsan', misspelled],
    ['an argument that it does not know', '/rescan please', misspelled],
    ['an option that it does not know', '/rescan --hard', misspelled],
    ['an option twice', '/rescan --fresh --fresh', misspelled],
    ['an assignment', '/rescan --fresh=1', misspelled],

    ['nothing', '', null],
    ['a slash', '/', null],
    ['another bot’s command', '/lgtm', null],
    ['another bot’s command with arguments', '/retest all', null],
    ['a path', '/etc/passwd', null],
    ['a path that begins like a command', '/rescan/now', null],
    ['a path in a sentence', '/usr is full', null],
    ['two slashes', '//rescan', null],
    ['a word behind', '/rescans/x', null],
    ['a command within a line', 'Please /rescan', null],
    ['a command behind a blank', ' /rescan', null],
    ['indented code', '    /rescan', null],
    ['a tab', '\t/rescan', null],
    ['an item', '- /rescan', null],
    ['a quotation', '> /rescan', null],
    ['a line that follows a quotation lazily', '> as she said\n/rescan', null],
    ['a quotation within an indent', '   > a\n/rescan', null],
    ['fenced code', `${ticks}\n/rescan\n${ticks}`, null],
    ['fenced code with a language', `${ticks}sh\n/rescan\n${ticks}`, null],
    ['fenced code that does not end', `${ticks}\n/rescan`, null],
    ['fenced code with tildes', '~~~\n/rescan\n~~~', null],
    ['fenced code in fenced code', `\`${ticks}\n${ticks}\n/rescan\n${ticks}\n\`${ticks}`, null],
    ['a fence that another character does not end', `${ticks}\n~~~\n/rescan\n${ticks}`, null],
    ['a fence that a language does not end', `${ticks}\n${ticks}sh\n/rescan`, null],
    ['inline code over lines', 'a `b\n/rescan\nc` d', null],
    ['inline code with two backticks', 'a ``b ` c\n/rescan\nd`` e', null],
    ['inline code behind a backslash in code', '`\\` `\n/rescan\n`', null],
    ['a comment', '<!--\n/rescan\n-->', null],
    ['a comment that does not end', '<!--\n\n/rescan', null],
    ['a comment within a line', 'a <!-- b\n/rescan\n--> c', null],
    ['an instruction', '<?\n/rescan\n?>', null],
    ['a tag over lines', 'a <a title="\n/rescan\n">b</a>', null],
    ['preformatted text', '<pre>\n/rescan\n</pre>', null],
    ['code as a tag', 'a <code>\n\n/rescan\n\n</code>', null],
    ['a quotation as a tag', '<blockquote>\n\n/rescan\n\n</blockquote>', null],
    ['a quotation as a tag in capitals', '<BLOCKQUOTE cite="x">\n/rescan', null],
    ['the title of a link', '[a]: b "\n/rescan\n"', null],
    ['a letter of another alphabet', '/resc\u0430n', null],
    ['a wide slash', '\uff0frescan', null],
    ['a mark of direction before', '\u202e/rescan', null],
    ['a mark of direction behind', '/rescan\u202e --fresh', null],
    ['a mark of direction among the arguments', '/rescan \u2066--fresh', null],
    ['no width', '/res\u200bcan', null],
    ['no width before', '\ufeff/rescan', null],
    ['a blank that is no ASCII', '/rescan\u00a0--fresh', null],
    ['another end of a line', 'a\u2028/rescan', null],
    ['a control character', '/rescan \u001b[2J', null],
    ['a line without an end', `/rescan ${'x'.repeat(1_000)}`, null],
  ] as const) {
    it(`${command === null ? 'ignores' : 'reads'} ${name}`, () =>
      assert.deepEqual(parseCommand(body), command))
  }

  it('ignores everything in a fence, whatever surrounds it', () => {
    const line = fc.string({ unit: fc.constantFrom(...Array.from('/rescan `~<!->[]:\\\t')) })

    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const inside = lines.filter((text) => !/^ {0,3}~~~~/.test(text))

        assert.equal(parseCommand(['~~~~', '/rescan', ...inside, '/rescan', '~~~~'].join('\n')), null)
      }),
    )
  })

  it('finds a command between blank lines of plain text', () => {
    const prose = fc.string({ unit: fc.constantFrom(...Array.from('abc .,`*_ü😀')) })

    fc.assert(
      fc.property(prose.filter(isNoFence), prose.filter(isNoFence), (before, after) => {
        assert.deepEqual(parseCommand(`${before}\n\n/rescan\n\n${after}`), again)
      }),
    )
  })

  it('never answers to a comment in which no line begins with a slash', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        assert.equal(parseCommand(text.replaceAll(/(^|[\r\n])\//g, '$1 /')), null)
      }),
    )
  })

  for (const [name, piece] of [
    ['backticks of every length', null],
    ['comments that begin', '<!-- '],
    ['tags that begin', '<a '],
    ['tags that quote', '<code><pre>'],
    ['backslashes', '\\`'],
    ['slashes', '/rescan/\n'],
    ['quotations', '>'],
    ['blanks', ' '],
    ['blank lines', '\n'],
    ['brackets', '['],
    ['rules', '-\t'],
    ['commands with many arguments', '/rescan x\u202e\n'],
    ['long misspelled words', '/rescanrescanrescan\n'],
  ] as const) {
    it(`takes no time that grows faster than the text: ${name}`, () => {
      const small = timeOf(() => parseCommand(filled(piece, 64 * 1024)))
      const large = timeOf(() => parseCommand(filled(piece, 1024 * 1024)))

      // 16 times the text; the square would be 256 times. The floor keeps a machine's noise out.
      assert.ok(large < 80 * Math.max(small, 2), `${small} ms, then ${large} ms`)
    })
  }
})

function isNoFence(text: string): boolean {
  return !/^ {0,3}`{3}/.test(text)
}

function filled(piece: string | null, size: number): string {
  if (piece !== null) return piece.repeat(Math.ceil(size / piece.length))
  const runs: string[] = []
  for (let [length, total] = [1, 0]; total < size; total += length + 2, length += 1)
    runs.push('`'.repeat(length), 'a\n')
  return runs.join('')
}

function timeOf(act: () => void): number {
  act()
  const start = performance.now()
  act()
  return performance.now() - start
}
