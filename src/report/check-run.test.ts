import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import type { Outcome } from '../model/verdict.ts'
import { contextWith } from '../testing/check-run-context.ts'
import { hiddenIn, hostileText } from '../testing/hostile-text.ts'
import { hostileVerdict } from '../testing/hostile-verdict.ts'
import { withoutCode } from '../testing/markdown-spans.ts'
import { verdictFindingWith, verdictOn, verdictWith } from '../testing/verdict-with.ts'
import { verdicts } from '../testing/verdicts.ts'
import type { CheckRunContext } from './check-run-context.ts'
import { checkName, checkRun, outputDigest, progressRun, rescan } from './check-run.ts'
import { maxBytes } from './fit.ts'

const outcomes: readonly Outcome[] = ['pass', 'fail', 'waiting', 'error']

function runOf(verdict = verdictWith(), context: Partial<CheckRunContext> = {}) {
  return checkRun({ check: 'portcullis', head: 'h', evaluation: 1, verdict, context: contextWith(context) })
}

describe('a check run', () => {
  for (const [outcome, state] of [
    ['pass', { status: 'completed', conclusion: 'success' }],
    ['fail', { status: 'completed', conclusion: 'failure' }],
    ['error', { status: 'completed', conclusion: 'failure' }],
    ['waiting', { status: 'completed', conclusion: 'action_required' }],
  ] as const) {
    it(`concludes ${state.conclusion} of ${outcome}`, () => {
      assert.deepEqual(runOf(verdictWith({ outcome })).state, state)
    })
  }

  it('stays in progress while approvals are missing, where the policy says so', () => {
    const report = { ...contextWith().report, waiting: 'in_progress' as const }

    assert.deepEqual(runOf(verdictWith({ outcome: 'waiting' }), { report }).state, { status: 'in_progress' })
  })

  for (const outcome of outcomes) {
    it(`is neutral of ${outcome} under the name of evaluate mode alone`, () => {
      const run = runOf(verdictWith({ outcome }), { mode: { kind: 'evaluate', until: null } })

      assert.equal(run.name, 'portcullis (evaluate)')
      assert.deepEqual(run.state, { status: 'completed', conclusion: 'neutral' })
      assert.equal(run.name, checkName('portcullis', { mode: 'evaluate' }))
    })

    it(`never concludes neutral or skipped of ${outcome} under the required name, whatever else holds`, () => {
      for (const waiting of ['action_required', 'in_progress'] as const)
        for (const isDraft of [true, false])
          for (const on of ['pull-request', 'push'] as const) {
            const report = { ...contextWith().report, waiting }
            const { name, state } = runOf(verdictWith({ outcome }), { report, isDraft, on })
            const said = state.status === 'in_progress' ? state.status : state.conclusion
            assert.equal(name, checkName('portcullis', { mode: 'enforce' }))
            assert.ok(['success', 'failure', 'action_required', 'in_progress'].includes(said))
            assert.equal(said === 'success', outcome === 'pass')
          }
    })
  }

  it('has the button that evaluates again, within the lengths that GitHub takes', () => {
    assert.deepEqual(runOf().actions, [rescan])
    assert.ok(rescan.label.length <= 20)
    assert.ok(rescan.description.length <= 40)
    assert.ok(rescan.identifier.length <= 20)
  })

  it('says that it is being made', () => {
    const run = progressRun({ name: 'portcullis', head: 'h', evaluation: 7 })

    assert.deepEqual(run.state, { status: 'in_progress' })
    assert.equal(run.externalId, '7')
  })

  it('has the same digest where it says the same, whatever the evaluation and the time it took', () => {
    const slow = verdicts.fail.gates.map((gate) => ({ ...gate, ms: gate.ms + 1_000 }))
    const one = checkRun({
      check: 'portcullis',
      head: 'h',
      evaluation: 1,
      verdict: verdicts.fail,
      context: contextWith(),
    })
    const other = checkRun({
      check: 'portcullis',
      head: 'h',
      evaluation: 2,
      verdict: { ...verdicts.fail, gates: slow },
      context: contextWith(),
    })

    assert.equal(outputDigest(one), outputDigest(other))
    assert.notEqual(outputDigest(one), outputDigest({ ...other, headSha: 'i' }))
    assert.notEqual(outputDigest(one), outputDigest(runOf(verdictWith())))
  })

  it('keeps to the limits with 10,000 findings in many bytes, and says how many it left out', () => {
    const findings = Array.from({ length: 10_000 }, (_, index) =>
      verdictFindingWith({
        path: `приложения/服务-${index}.yaml`,
        message: `Контейнер ${index} ${'語'.repeat(50)}.`,
        severity: index === 9_999 ? 'critical' : 'high',
        fingerprint: String(index),
      }),
    )

    const { output } = runOf(verdictOn(findings))

    const shown = output.text.match(/<details/g)?.length ?? 0
    assert.ok(Buffer.byteLength(output.summary) <= maxBytes)
    assert.ok(Buffer.byteLength(output.text) <= maxBytes)
    assert.ok(shown > 50)
    assert.equal(output.text.match(/<\/details>/g)?.length, shown)
    assert.match(
      output.text,
      new RegExp(`${(10_000 - shown).toLocaleString('en')} findings .*portcullis check`),
    )
    assert.match(output.text, /^<details open><summary>.*9999\.yaml/)
    assert.equal(output.annotations.length, 50)
  })

  it('is valid with one finding that is larger than all of it may be', () => {
    const huge = '`|<\u202e'.repeat(100_000)
    const finding = verdictFindingWith({
      message: huge,
      remediation: huge,
      title: huge,
      path: huge,
      resource: huge,
    })
    const places = Array.from({ length: 1_000 }, () => ({
      path: huge,
      startLine: 1,
      commit: null,
      side: 'head' as const,
    }))
    const skips = [{ gate: 'iac' as const, path: huge, reason: huge, blocks: true }]

    const { output } = runOf(verdictOn([{ ...finding, places }, verdictFindingWith()], { skips }))

    assert.ok(Buffer.byteLength(output.summary) <= maxBytes)
    assert.ok(Buffer.byteLength(output.text) <= maxBytes)
    assert.match(output.text, /A rule of the test/)
    assert.match(output.summary, /A rule of the test/)
    assert.match(output.summary, /gives the same verdict<\/sub>$/)
    assertOnlyOurs(output.summary)
    assertOnlyOurs(output.text)
  })

  it('shows what names and messages say, and does nothing that they ask for', () => {
    fc.assert(
      fc.property(hostileVerdict, hostileText, (verdict, branch) => {
        const { output } = runOf(verdict, {
          branch,
          inspection: {
            branch,
            guarantees: [{ id: 'no-bypass', holds: 'no', message: branch, remediation: branch }],
          },
        })
        assertOnlyOurs(output.summary)
        assertOnlyOurs(output.text)
        assert.deepEqual(hiddenIn(JSON.stringify(output)), [])
      }),
      { numRuns: 60 },
    )
  })
})

/** No tag, link, image, mention or table beyond those that report/ itself writes. */
function assertOnlyOurs(markdown: string): void {
  const rest = withoutCode(markdown)
  const tags = rest.match(/<[^>]*>?/g) ?? []
  const foreign = tags.filter((tag) => !/^<(?:\/?(?:details|summary|b|sub)|details open)>$/.test(tag))
  assert.deepEqual(foreign, [])
  assert.doesNotMatch(rest, /@|\]\(|!\[|:\/\/|www\.|\\(?!\|)|&|~|\$/)
  assert.equal(rest.match(/<details/g)?.length, rest.match(/<\/details>/g)?.length)
  const rows = rest.split('\n').filter((line) => line.startsWith('|'))
  for (const row of rows)
    assert.ok(row.split(/(?<!\\)\|/).length === 5 || row.split(/(?<!\\)\|/).length === 6)
}
