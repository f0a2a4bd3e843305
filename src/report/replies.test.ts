import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { hiddenIn, hostileText } from '../testing/hostile-text.ts'
import { withoutCode } from '../testing/markdown-spans.ts'
import { noRight, unknownCommand } from './replies.ts'

describe('a reply', () => {
  it('asks whether another command was meant, and names those that there are', () => {
    assert.match(unknownCommand('rescan'), /Did you mean `\/rescan`\?\n\nWhat Portcullis understands here:/)
    assert.doesNotMatch(unknownCommand(null), /Did you mean/)
  })

  for (const [right, start] of [
    ['write', 'Only people with write access can use `/rescan` here.'],
    [
      ['@acme/sre', '@acme/dev'],
      'Only members of `@acme/sre`, members of `@acme/dev` can use `/rescan` here.',
    ],
    [['jane', 'admin'], 'Only `jane`, people with admin access can use `/rescan` here.'],
    [[], 'Nobody can use `/rescan` here.'],
  ] as const) {
    it(`says who may: ${start}`, () => assert.ok(noRight('rescan', right).startsWith(start)))
  }

  it('mentions and links nobody, whatever was written', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const reply of [unknownCommand(text), noRight(text, [text])]) {
          assert.doesNotMatch(withoutCode(reply), /[@<>[\]|\\]|:\/\//)
          assert.deepEqual(hiddenIn(reply), [])
        }
      }),
    )
  })
})
