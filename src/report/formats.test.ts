import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { Verdict } from '../model/verdict.ts'
import { hiddenIn, hostileTexts } from '../testing/hostile-text.ts'
import { hostileVerdict } from '../testing/hostile-verdict.ts'
import { matchesSnapshot } from '../testing/snapshot.ts'
import { verdictFindingWith, verdictOn } from '../testing/verdict-with.ts'
import { verdicts } from '../testing/verdicts.ts'
import { formats } from './formats.ts'

const plain = { color: false, isQuiet: false, isVerbose: true }

describe('every format', () => {
  for (const [name, format] of Object.entries(formats)) {
    it(`hides nothing and gives no order to whatever reads the log: ${name}`, () => {
      fc.assert(
        fc.property(hostileVerdict, (verdict) => {
          const text = format(verdict, plain)
          assert.deepEqual(hiddenIn(text), [])
          assert.ok(text.endsWith('\n'))
          assert.ok(text.isWellFormed())
          if (name !== 'github') assert.doesNotMatch(text, /^\s*::|##\w*\[/m)
        }),
        { numRuns: 60 },
      )
    })

    it(`names hostile files without becoming what they say: ${name}`, () => {
      const findings = hostileTexts.map((path, index) =>
        verdictFindingWith({ path, title: path, message: path, remediation: path, startLine: index + 1 }),
      )

      matchesSnapshot(
        new URL(`snapshots/hostile-${name}.txt`, import.meta.url),
        format(verdictOn(findings), plain),
      )
    })

    it(`says the same of the same: ${name}`, () => {
      assert.equal(format(verdicts.fail, plain), format(structuredClone(verdicts.fail), plain))
    })
  }
})

describe('JSON', () => {
  for (const [name, verdict] of Object.entries(verdicts)) {
    it(`is the verdict, as its schema has it: ${name}`, () => {
      assert.deepEqual(Verdict.parse(JSON.parse(formats.json(verdict))), verdict)
    })
  }

  it('keeps the order of the schema', () => {
    assert.deepEqual(
      Object.keys(JSON.parse(formats.json(verdicts.pass)) as object),
      Object.keys(Verdict.shape),
    )
  })

  it('keeps it too where a finding was made in another order', () => {
    const [finding] = verdicts.fail.findings
    const reversed = Object.fromEntries(Object.entries(finding ?? {}).toReversed())
    const findings = [reversed as unknown as typeof finding & object]

    assert.equal(
      formats.json({ ...verdicts.fail, findings }),
      formats.json({ ...verdicts.fail, findings: verdicts.fail.findings.slice(0, 1) }),
    )
  })

  it('is the same value whatever the names', () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        assert.deepEqual(JSON.parse(formats.json(verdict)), JSON.parse(JSON.stringify(verdict)))
      }),
      { numRuns: 60 },
    )
  })
})

describe('workflow commands', () => {
  for (const name of ['pass', 'fail', 'waiting', 'error'] as const) {
    it(`read as reviewed: ${name}`, () => {
      matchesSnapshot(
        new URL(`snapshots/github-${name}.txt`, import.meta.url),
        formats.github(verdicts[name]),
      )
    })
  }

  it('are one on each line, whatever the names', () => {
    fc.assert(
      fc.property(hostileVerdict, (verdict) => {
        for (const line of formats.github(verdict).trimEnd().split('\n'))
          assert.match(line, /^::(?:error|warning|notice) title=[^,:]+(?:,(?:file=[^,:]*|\w+=\d+))*::/)
      }),
    )
  })

  it('point at no line where the head no longer has what was found', () => {
    const text = formats.github(verdictOn([verdictFindingWith({ inHistoryOnly: true })]))

    assert.doesNotMatch(text, /file=|line=/)
  })
})
