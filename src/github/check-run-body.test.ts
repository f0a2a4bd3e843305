import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { components } from '@octokit/openapi-types'
import * as fc from 'fast-check'

import type { Annotation, CheckRun } from '../model/check-run.ts'
import { run } from '../testing/opened-app.ts'
import { checkRunBodies } from './check-run-body.ts'

type AnnotationOfGitHub = components['schemas']['check-annotation']

const annotation: Annotation = {
  path: 'a.yaml',
  startLine: 3,
  endLine: 3,
  columns: { start: 1, end: 5 },
  level: 'failure',
  title: 'T',
  message: 'M',
}

function withOutput(output: Partial<CheckRun['output']>): CheckRun {
  return { ...run, output: { ...run.output, ...output } }
}

function annotationsOf(given: readonly Annotation[]): object[][] {
  return checkRunBodies(withOutput({ annotations: given })).map(({ output }) => [...output.annotations])
}

describe('checkRunBodies', () => {
  it('is what GitHub takes', () => {
    assert.deepEqual(checkRunBodies(withOutput({ annotations: [annotation], text: 'More' })), [
      {
        name: 'portcullis',
        external_id: '7',
        status: 'completed',
        conclusion: 'failure',
        actions: [{ label: 'Rescan', description: 'Evaluate again', identifier: 'rescan' }],
        output: {
          title: 'Two findings',
          summary: 'Fix them.',
          text: 'More',
          annotations: [
            {
              path: 'a.yaml',
              start_line: 3,
              end_line: 3,
              start_column: 1,
              end_column: 5,
              annotation_level: 'failure',
              title: 'T',
              message: 'M',
            } satisfies Partial<AnnotationOfGitHub>,
          ],
        },
      },
    ])
  })

  it('has no conclusion and no buttons while it is in progress', () => {
    const [body] = checkRunBodies({ ...run, state: { status: 'in_progress' } })

    assert.deepEqual([body.status, 'conclusion' in body, 'actions' in body], ['in_progress', false, false])
  })

  it('leaves columns out where lines differ', () => {
    const [[found]] = annotationsOf([{ ...annotation, endLine: 4 }]) as [[object]]

    assert.ok(!('start_column' in found) && !('end_column' in found))
  })

  it('sends every annotation once, 50 at most in a request, and completes the run with the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 260 }), (count) => {
        const given = Array.from({ length: count }, (_, at) => ({
          ...annotation,
          startLine: at + 1,
          endLine: at + 1,
        }))
        const bodies = checkRunBodies(withOutput({ annotations: given }))

        const lines = bodies.flatMap(({ output }) =>
          output.annotations.map((one) => (one as AnnotationOfGitHub).start_line),
        )
        assert.deepEqual(
          lines,
          given.map(({ startLine }) => startLine),
        )
        assert.ok(bodies.every(({ output }) => output.annotations.length <= 50))
        assert.deepEqual(
          bodies.map(({ status }) => status === 'completed'),
          bodies.map((_, at) => at === bodies.length - 1),
        )
        assert.equal(bodies.length, Math.max(1, Math.ceil(count / 50)))
      }),
    )
  })

  for (const [what, wrong] of [
    ['a summary of bytes beyond the limit', withOutput({ summary: 'é'.repeat(32_768) })],
    ['a text beyond the limit', withOutput({ text: 'x'.repeat(65_536) })],
    [
      'a long title of an annotation',
      withOutput({ annotations: [{ ...annotation, title: 'x'.repeat(256) }] }),
    ],
    ['a long message', withOutput({ annotations: [{ ...annotation, message: 'x'.repeat(65_537) }] })],
    [
      'a fourth button',
      {
        ...run,
        actions: Array.from({ length: 4 }, () => ({ label: 'a', description: 'b', identifier: 'c' })),
      },
    ],
    ['a long label', { ...run, actions: [{ label: 'x'.repeat(21), description: 'b', identifier: 'c' }] }],
    [
      'a long description',
      { ...run, actions: [{ label: 'a', description: 'x'.repeat(41), identifier: 'c' }] },
    ],
    [
      'a long identifier',
      { ...run, actions: [{ label: 'a', description: 'b', identifier: 'x'.repeat(21) }] },
    ],
  ] satisfies [string, CheckRun][]) {
    it(`refuses ${what}`, () => assert.throws(() => checkRunBodies(wrong), RangeError))
  }
})
