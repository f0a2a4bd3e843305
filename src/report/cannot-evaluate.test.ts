import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { hiddenIn, hostileText } from '../testing/hostile-text.ts'
import { withoutCode } from '../testing/markdown-spans.ts'
import { cannotEvaluate } from './cannot-evaluate.ts'
import type { Cause } from './cannot-evaluate.ts'
import { maxBytes } from './fit.ts'

function runOf(cause: Cause) {
  return cannotEvaluate({ name: 'portcullis', head: 'h', evaluation: 1, cause })
}

describe('what could not be evaluated', () => {
  for (const [name, cause, title] of [
    [
      'a short reason',
      { kind: 'refused', message: 'acme/fleet is archived. Unarchive it.' },
      'Cannot evaluate: acme/fleet is archived',
    ],
    [
      'a reason that does not fit',
      { kind: 'refused', message: `${'word '.repeat(20)}.` },
      'Cannot evaluate: a setting is wrong (its owner acts)',
    ],
    [
      'a permission',
      { kind: 'permission', permission: 'members: read' },
      'Cannot evaluate: the App lacks a permission (an owner acts)',
    ],
    ['a fault', { kind: 'fault', job: '7' }, 'Cannot evaluate: Portcullis failed (its operator acts)'],
  ] satisfies [string, Cause, string][]) {
    it(`fails under the required name and says of ${name}: ${title}`, () => {
      const run = runOf(cause)

      assert.equal(run.name, 'portcullis')
      assert.deepEqual(run.state, { status: 'completed', conclusion: 'failure' })
      assert.equal(run.output.title, title)
    })
  }

  it('keeps to the limits and says no more than what happened, whatever the message', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 2_000 }), (text, times) => {
        const { output } = runOf({ kind: 'refused', message: text.repeat(times) })
        assert.ok(Array.from(output.title).length <= 80)
        assert.ok(Buffer.byteLength(output.title) <= 255)
        assert.ok(Buffer.byteLength(output.summary) <= maxBytes)
        assert.doesNotMatch(withoutCode(output.summary), /[@<>[\]|\\]|:\/\//)
        assert.deepEqual(hiddenIn(output.title + output.summary), [])
      }),
      { numRuns: 50 },
    )
  })
})
