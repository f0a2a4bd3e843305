import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { hiddenIn, hostileText } from '../../testing/hostile-text.ts'
import { withoutCode } from '../../testing/markdown-spans.ts'
import { htmlCode, htmlProse } from './html.ts'
import { jsonText } from './json.ts'
import { sarifMessage } from './sarif-message.ts'
import { terminal } from './terminal.ts'
import { commandData, commandProperty } from './workflow-command.ts'

describe('terminal', () => {
  for (const [text, shown] of [
    ['::set-output name=x::y', '\\x3a:set-output name=x::y'],
    ['a ::error::b', 'a \\x3a:error::b'],
    ['Foo::bar', 'Foo::bar'],
    ['##[error]x', '#\\x23[error]x'],
    ['##vso[task]x', '#\\x23vso[task]x'],
    ['## heading', '## heading'],
    ['\u001b[2J', '\\x1b[2J'],
  ] as const) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(shown)}`, () =>
      assert.equal(terminal(text), shown))
  }

  it('gives no order to a terminal or to the service whose log it is in', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = terminal(text)
        assert.deepEqual(hiddenIn(shown), [])
        assert.doesNotMatch(shown, /\n|(?:^|\s)::|##\w*\[/)
      }),
    )
  })
})

describe('a workflow command', () => {
  it('keeps the lines of its message, and shows a lone carriage return', () => {
    assert.equal(commandData('a\nb\r\nc\rd 100%'), 'a%0Ab%0Ac\\rd 100%25')
  })

  it('separates no property and no message in a name', () => {
    assert.equal(commandProperty('a,line=1::x:%\n'), 'a%2Cline=1%3A%3Ax%3A%25\\n')
  })

  it('stays one line whose parts are what was put in', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (name, message) => {
        const line = `::error file=${commandProperty(name)},line=1::${commandData(message)}`
        assert.deepEqual(hiddenIn(line), [])
        assert.match(line, /^::error file=[^,:\n]*,line=1::[^\n]*$/)
        assert.doesNotMatch(line, /%(?!25|0A|3A|2C)/)
      }),
    )
  })
})

describe('JSON', () => {
  it('escapes what a person cannot see', () => {
    assert.equal(jsonText('\u202e\u009b\u2028\u{e0041}'), '"\\u202e\\u009b\\u2028\\udb40\\udc41"\n')
  })

  it('is the same value, with nothing hidden and no order to a build service', () => {
    fc.assert(
      fc.property(fc.dictionary(hostileText, fc.array(hostileText)), (value) => {
        const text = jsonText(value)
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
        assert.deepEqual(hiddenIn(text), [])
        assert.doesNotMatch(text, /##\w*\[|^\s*::/m)
      }),
    )
  })
})

describe('a SARIF message', () => {
  for (const [text, shown] of [
    ['images[0] has no digest', 'images[0] has no digest'],
    ['[words](https://evil.example)', '\\[words\\](https://evil.example)'],
    ['{0} is missing', '{{0}} is missing'],
    ['{ "a": 1 }', '{ "a": 1 }'],
  ] as const) {
    it(`writes ${JSON.stringify(text)} as ${JSON.stringify(shown)}`, () =>
      assert.equal(sarifMessage(text), shown))
  }

  it('has no link and no placeholder, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const shown = sarifMessage(text)
        assert.doesNotMatch(shown.replaceAll(/\\[\\[\]]/g, ''), /\]\(/)
        assert.doesNotMatch(shown.replaceAll(/\{\{|\}\}/g, ''), /\{\d+\}/)
        assert.deepEqual(hiddenIn(shown), [])
      }),
    )
  })
})

describe('HTML', () => {
  it('writes a name as text', () => {
    assert.equal(htmlCode('</code><b>&'), '<code>&#60;/code&#62;&#60;b&#62;&#38;</code>')
  })

  it('leaves nothing outside of <code> but plain words', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        assert.equal(withoutCode(htmlCode(text)), '␣')
        assert.doesNotMatch(withoutCode(htmlProse(text)), /[<>&@`[\]\n]/)
        assert.deepEqual(hiddenIn(htmlProse(text)), [])
      }),
    )
  })
})
