import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'

import type { Verdict } from '../model/verdict.ts'
import { matchesSnapshot } from '../testing/snapshot.ts'
import { verdictFindingWith, verdictOn, verdictWith } from '../testing/verdict-with.ts'
import { verdicts } from '../testing/verdicts.ts'
import { human } from './human.ts'

const plain = { color: false, isQuiet: false, isVerbose: false }

describe('the human format', () => {
  for (const [name, verdict, options] of [
    ['pass', verdicts.pass, {}],
    ['fail', verdicts.fail, {}],
    ['fail-verbose', verdicts.fail, { isVerbose: true }],
    ['fail-quiet', verdicts.fail, { isQuiet: true }],
    ['waiting', verdicts.waiting, {}],
    ['error', verdicts.error, {}],
    ['unreadable', verdicts.unreadable, {}],
    ['tree', scanned(verdicts.push), {}],
  ] satisfies [string, Verdict, Partial<typeof plain>][]) {
    it(`reads as reviewed: ${name}`, () => {
      const text = human(verdict, { ...plain, ...options })

      matchesSnapshot(new URL(`snapshots/human-${name}.txt`, import.meta.url), text)
    })

    it(`says the same without colour: ${name}`, () => {
      const colored = human(verdict, { ...plain, ...options, color: true })

      assert.notEqual(colored, stripVTControlCharacters(colored))
      assert.equal(stripVTControlCharacters(colored), human(verdict, { ...plain, ...options }))
    })

    it(`keeps to 100 columns: ${name}`, () => {
      const lines = human(verdict, { ...plain, ...options }).split('\n')

      assert.deepEqual(
        lines.filter((line) => line.length > 100),
        [],
      )
    })
  }

  it('leaves a long path whole, so that it can be copied', () => {
    const path = `apps/${'long/'.repeat(30)}deployment.yaml`

    const text = human(verdictOn([verdictFindingWith({ path })]), plain)

    assert.match(text, new RegExp(`^${path}:3  error\\n  A rule of the test\\n  test/rule$`, 'm'))
  })

  it('wraps a long remediation under its first word', () => {
    const remediation = 'Put it right and then look at it again. '.repeat(5)

    const lines = human(verdictOn([verdictFindingWith({ remediation })]), plain).split('\n')

    const fix = lines.findIndex((line) => line.startsWith('  fix: '))
    assert.match(lines[fix + 1] ?? '', /^ {7}\S/)
  })

  it('says once for each rule where its reason can be read', () => {
    const text = human(verdictOn([verdictFindingWith(), verdictFindingWith({ startLine: 9 })]), plain)

    assert.equal(text.match(/portcullis rules test\/rule/g)?.length, 1)
  })

  it('shows a preview once, in the message or under it', () => {
    const preview = 'abc… (40 characters)'
    const shown = (message: string) =>
      human(verdictOn([verdictFindingWith({ message, preview })]), plain).split(preview).length - 1

    assert.equal(shown(`A token, ${preview}.`), 1)
    assert.equal(shown('A token.'), 1)
  })

  it('names five files of many that were not looked at for one reason, and all of them if asked', () => {
    const skips = Array.from({ length: 9 }, (_, index) => ({
      gate: 'iac' as const,
      reason: 'not built',
      blocks: false,
      path: `charts/${index}.yaml`,
    }))

    const text = human(verdictWith({ skips }), plain)
    const verbose = human(verdictWith({ skips }), { ...plain, isVerbose: true })

    assert.match(text, /not looked at: 9 files\n(?: {2}charts\/\d\.yaml\n){5} {2}and 4 more files/)
    assert.match(verbose, /charts\/8\.yaml/)
  })
})

function scanned(verdict: Verdict): Verdict {
  const subject = {
    ...verdict.subject,
    kind: 'tree' as const,
    base: null,
    mergeBase: null,
    head: null,
    commits: 0,
  }
  return { ...verdict, subject }
}
