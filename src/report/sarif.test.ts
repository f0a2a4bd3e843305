import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'
import type { Log, Result } from 'sarif'

import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import { hiddenIn, hostileText } from '../testing/hostile-text.ts'
import { hostileVerdict } from '../testing/hostile-verdict.ts'
import { matchesSnapshot } from '../testing/snapshot.ts'
import { verdictFindingWith, verdictOn, verdictWith } from '../testing/verdict-with.ts'
import { verdicts } from '../testing/verdicts.ts'
import { artifactOf } from './sarif-artifact.ts'
import { sarif } from './sarif.ts'

function runOf(verdict: Verdict) {
  const [run] = (JSON.parse(sarif(verdict)) as Log).runs
  assert.ok(run)
  return run
}

function resultOf(given: Partial<VerdictFinding>): Result {
  const [result] = runOf(verdictOn([verdictFindingWith(given)])).results ?? []
  assert.ok(result)
  return result
}

describe('SARIF', () => {
  for (const name of ['fail', 'error', 'waiting'] as const) {
    it(`reads as reviewed: ${name}`, () => {
      matchesSnapshot(new URL(`snapshots/sarif-${name}.txt`, import.meta.url), sarif(verdicts[name]))
    })
  }

  it('names each rule once, and points each result at its own', () => {
    const findings = ['b/two', 'a/one', 'b/two'].map((rule) => verdictFindingWith({ rule }))

    const { tool, results = [] } = runOf(verdictOn(findings))

    assert.deepEqual(
      tool.driver.rules?.map(({ id }) => id),
      ['b/two', 'a/one'],
    )
    assert.deepEqual(
      results.map(({ ruleIndex }) => ruleIndex),
      [0, 1, 0],
    )
  })

  it('leaves out what a place does not have, rather than to say null', () => {
    const { locations } = resultOf({ startColumn: null, endColumn: null, endLine: null })

    assert.deepEqual(locations?.[0]?.physicalLocation?.region, { startLine: 3, endLine: 3 })
  })

  it('has no region where no line is at fault', () => {
    const { locations } = resultOf({ startLine: null, startColumn: null, endColumn: null, endLine: null })

    assert.equal(locations?.[0]?.physicalLocation?.region, undefined)
  })

  it('names the commit where no file is at fault', () => {
    const { locations } = resultOf({ path: null, startLine: null, commit: '1'.repeat(40) })

    assert.deepEqual(locations, [{ logicalLocations: [{ fullyQualifiedName: `commit/${'1'.repeat(40)}` }] }])
  })

  it('ends no region before it begins', () => {
    const { locations } = resultOf({ startLine: 5, endLine: 2, startColumn: 9, endColumn: 4 })

    assert.deepEqual(locations?.[0]?.physicalLocation?.region, {
      startLine: 5,
      startColumn: 9,
      endLine: 5,
      endColumn: 9,
    })
  })

  for (const [status, suppressed] of [
    ['open', 0],
    ['waived', 1],
    ['baseline', 1],
  ] as const) {
    it(`says of every result whether it is suppressed: ${status}`, () => {
      assert.equal(resultOf({ status, blocks: false }).suppressions?.length, suppressed)
    })
  }

  it('says what was not looked at, not evaluated and not approved', () => {
    const missing = { requirement: 'production', needs: 2, has: 1, who: ['kim'] }
    const skips = [{ gate: 'iac' as const, path: 'a b.yaml', reason: 'not YAML', blocks: true }]

    const [invocation] = runOf(verdictWith({ outcome: 'error', waiting: [missing], skips })).invocations ?? []

    assert.equal(invocation?.executionSuccessful, false)
    assert.deepEqual(
      invocation?.toolExecutionNotifications?.map(({ level, message }) => `${level} ${message.text}`),
      [
        'error Not looked at by iac: not YAML',
        'note The gate signatures was not evaluated: this version verifies no signatures',
        'note production has 1 of 2 approvals.',
      ],
    )
  })

  for (const [path, uri] of [
    ['apps/a b.yaml', 'apps/a%20b.yaml'],
    ['größe/файл', 'gr%C3%B6%C3%9Fe/%D1%84%D0%B0%D0%B9%D0%BB'],
    ['a?b#c%41', 'a%3Fb%23c%2541'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['\u202e\u001b', '%E2%80%AE%1B'],
    ['/etc/passwd', '%00/etc/passwd'],
    ['//host/x', '%00/%00/host/x'],
    ['../../x', '..%00/..%00/x'],
    ['a\\..\\x', 'a%5C..%5Cx'],
  ] as const) {
    it(`refers to ${JSON.stringify(path)} as ${uri}`, () => assert.equal(artifactOf(path).uri, uri))
  }

  it('refers to no file outside of the repository, whatever the path', () => {
    fc.assert(
      fc.property(hostileText, (path) => {
        const { uri } = artifactOf(path)
        const resolved = new URL(uri, 'https://root.example/src/')
        assert.equal(resolved.origin, 'https://root.example')
        assert.ok(resolved.pathname.startsWith('/src/'))
        assert.equal(resolved.search + resolved.hash, '')
        assert.match(uri, /^[\w.~!*'()%/-]+$/)
      }),
    )
  })

  it('has no null, no link and nothing hidden, whatever the names', () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        const text = sarif(verdict)
        assert.deepEqual(hiddenIn(text), [])
        assert.doesNotMatch(text, /\bnull,?$/m)
        for (const { message } of runOf(verdict).results ?? [])
          assert.doesNotMatch((message.text ?? '').replaceAll(/\\[\\[\]]/g, ''), /\]\(/)
      }),
      { numRuns: 60 },
    )
  })
})
