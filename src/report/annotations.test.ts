import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import type { VerdictFinding } from '../model/verdict.ts'
import { contextWith } from '../testing/check-run-context.ts'
import { hiddenIn } from '../testing/hostile-text.ts'
import { hostileVerdict } from '../testing/hostile-verdict.ts'
import { verdictFindingWith, verdictOn } from '../testing/verdict-with.ts'
import { annotationsOf } from './annotations.ts'

function of(findings: readonly VerdictFinding[], context: Parameters<typeof contextWith>[0] = {}) {
  return annotationsOf(verdictOn(findings), contextWith(context))
}

describe('annotations', () => {
  it('say what is wrong and what to do, at the place', () => {
    assert.deepEqual(of([verdictFindingWith()]), [
      {
        path: 'apps/a.yaml',
        startLine: 3,
        endLine: 3,
        columns: { start: 5, end: 9 },
        level: 'failure',
        title: 'A rule of the test – test/rule',
        message: 'Something is wrong.\n\nFix: Put it right.',
      },
    ])
  })

  for (const [name, given] of [
    ['what has no file', { path: null }],
    ['what has no line', { startLine: null }],
    ['what stands on the base side', { side: 'base' }],
    ['a secret that is only in the history', { inHistoryOnly: true }],
    ['what is in the baseline', { status: 'baseline', blocks: false }],
    ['what is waived', { status: 'waived', blocks: false }],
    ['a file whose name has to be escaped', { path: 'a\u202eb.yaml' }],
  ] satisfies [string, Partial<VerdictFinding>][]) {
    it(`leave out ${name}`, () => assert.deepEqual(of([verdictFindingWith(given)]), []))
  }

  it('stand only on lines of the diff', () => {
    const findings = [3, 7].map((startLine) => verdictFindingWith({ startLine, endLine: startLine }))

    const notes = of(findings, { linesInDiff: (path, line) => path === 'apps/a.yaml' && line === 7 })

    assert.deepEqual(
      notes.map(({ startLine }) => startLine),
      [7],
    )
  })

  it('are as many as the policy says, what blocks and what is worst first', () => {
    const findings = (
      [
        ['low', false],
        ['critical', false],
        ['high', true],
        ['critical', true],
      ] as const
    ).map(([severity, blocks]) => verdictFindingWith({ severity, blocks, title: `${severity} ${blocks}` }))

    const notes = of(findings, { report: { ...contextWith().report, annotations: 3 } })

    assert.deepEqual(
      notes.map(({ title, level }) => `${level} ${title}`),
      [
        'failure critical true – test/rule',
        'failure high true – test/rule',
        'notice critical false (advice, does not block) – test/rule',
      ],
    )
  })

  it('are none where the policy wants none', () => {
    assert.deepEqual(of([verdictFindingWith()], { report: { ...contextWith().report, annotations: 0 } }), [])
  })

  for (const [name, given, lines, columns] of [
    ['over several lines', { endLine: 8 }, [3, 8], null],
    ['that ends before it begins', { endLine: 1, endColumn: 2 }, [3, 3], null],
    ['whose columns end before they begin', { endColumn: 2 }, [3, 3], { start: 5, end: 5 }],
    ['without columns', { startColumn: null }, [3, 3], null],
    ['without an end', { endLine: null }, [3, 3], null],
  ] satisfies [string, Partial<VerdictFinding>, [number, number], unknown][]) {
    it(`have only what GitHub takes of a place ${name}`, () => {
      const [note] = of([verdictFindingWith(given)])

      assert.deepEqual([note?.startLine, note?.endLine], lines)
      assert.deepEqual(note?.columns, columns)
    })
  }

  it('keep to the limits with any text', () => {
    const huge = '語\u202e'.repeat(100_000)

    const [note] = of([verdictFindingWith({ title: huge, message: huge, remediation: huge })])

    assert.ok(Buffer.byteLength(note?.title ?? '') <= 255)
    assert.ok(Buffer.byteLength(note?.message ?? '') <= 64 * 1024)
  })

  it('hide nothing and give only positive numbers, whatever the findings', () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        for (const note of annotationsOf(verdict, contextWith())) {
          assert.deepEqual(hiddenIn(`${note.path}${note.title}${note.message}`), [])
          assert.ok(note.startLine >= 1 && note.endLine >= note.startLine)
          if (note.columns !== null)
            assert.ok(note.columns.start >= 1 && note.columns.end >= note.columns.start)
        }
      }),
    )
  })
})
