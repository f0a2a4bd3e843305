import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Finding, GateId } from '../model/finding.ts'
import type { Gate } from '../model/gate.ts'
import type { Policy } from '../model/policy.ts'
import { Verdict } from '../model/verdict.ts'
import { fakeGate, findingWith } from '../testing/fake-gate.ts'
import { changeWith } from '../testing/gate-input.ts'
import { policyWith } from '../testing/policy.ts'
import { noBaseline } from './baseline.ts'
import { evaluate } from './evaluate.ts'
import type { Evaluation } from './evaluate.ts'

const skip = { path: 'a.yaml', reason: 'too large', blocks: true }
const missing = { requirement: 'everything', needs: 2, has: 1, who: ['kim'] }

describe('evaluate', () => {
  for (const [name, gates, outcome] of [
    ['passes where no gate finds anything', [fakeGate('iac')], 'pass'],
    ['fails for a finding that blocks', [fakeGate('iac', { findings: [findingWith()] })], 'fail'],
    ['is an error for a skip that blocks', [fakeGate('iac', { skips: [skip] })], 'error'],
    [
      'passes with a skip that does not block',
      [fakeGate('iac', { skips: [{ ...skip, blocks: false }] })],
      'pass',
    ],
    ['waits where only people are missing', [fakeGate('reviews', { waiting: [missing] })], 'waiting'],
    [
      'fails rather than waits',
      [fakeGate('iac', { findings: [findingWith()] }), fakeGate('reviews', { waiting: [missing] })],
      'fail',
    ],
    [
      'fails rather than errs: the author can act on a finding',
      [fakeGate('iac', { findings: [findingWith()], skips: [skip] })],
      'fail',
    ],
    [
      'errs rather than waits: an approval would not help',
      [fakeGate('iac', { skips: [skip] }), fakeGate('reviews', { waiting: [missing] })],
      'error',
    ],
  ] satisfies [string, Gate[], string][]) {
    it(name, () => assert.equal(evaluate(evaluationWith({ gates })).outcome, outcome))
  }

  it('names every gate, and never calls one passed that was not evaluated', () => {
    const verdict = evaluate(evaluationWith({ gates: [fakeGate('iac')], selected: new Set<GateId>(['iac']) }))

    assert.deepEqual(
      verdict.gates.map(({ gate, outcome }) => `${gate} ${outcome}`),
      ['secrets not-evaluated', 'iac pass', 'signatures not-evaluated', 'reviews not-evaluated'],
    )
  })

  it('does not pass a policy that asks for signatures, which it cannot verify', () => {
    const { gates } = policyWith()
    const policy = policyWith({ gates: { signatures: { ...gates.signatures, require: 'every-commit' } } })

    assert.equal(evaluate(evaluationWith({ policy })).outcome, 'error')
  })

  it('does not pass a policy with rules of its own that it cannot run', () => {
    const { gates } = policyWith()
    const custom = {
      id: 'custom/x',
      title: 'X',
      kinds: [],
      deny: 'true',
      severity: 'low',
      remediation: '',
    } as const
    const policy = policyWith({ gates: { iac: { ...gates.iac, custom: [custom] } } })

    assert.equal(evaluate(evaluationWith({ policy, gates: [fakeGate('iac')] })).outcome, 'error')
  })

  it('orders findings by gate, path, line, column and rule, whatever order the gates found them in', () => {
    const findings: Finding[] = [
      findingWith({ path: 'b.yaml', fingerprint: '4' }),
      findingWith({ path: 'a.yaml', startLine: 9, fingerprint: '3' }),
      findingWith({ path: 'a.yaml', startLine: 2, startColumn: 7, fingerprint: '2' }),
      findingWith({ path: 'a.yaml', startLine: 2, startColumn: 3, fingerprint: '1' }),
    ]
    const gates = [
      fakeGate('iac', { findings }),
      fakeGate('secrets', { findings: [secret({ fingerprint: '0' })] }),
    ]

    const verdict = evaluate(evaluationWith({ gates }))

    assert.deepEqual(
      verdict.findings.map(({ fingerprint }) => fingerprint),
      ['0', '1', '2', '3', '4'],
    )
  })

  it('has the shape that users rely on', () => {
    const gates = [
      fakeGate('iac', { findings: [findingWith()], skips: [skip] }),
      fakeGate('reviews', { waiting: [missing] }),
    ]

    assert.deepEqual(Verdict.parse(evaluate(evaluationWith({ gates }))).subject.kind, 'range')
  })
})

describe('what excuses a finding', () => {
  const waiver = {
    rule: 'test/rule',
    paths: ['apps/**'],
    reason: 'until the rebuild',
    granted_by: 'kim',
    granted: '2026-11-01',
    expires: '2026-12-01',
  }
  const waivers = (given: object = {}): Policy['waivers'] => ({
    max_days: 90,
    grant: [],
    active: [{ ...waiver, ...given }],
  })
  const { gates: defaults } = policyWith()
  const off = (until: string | null) => ({
    gates: { iac: { ...defaults.iac, rules: { 'test/rule': { off: 'pinned elsewhere', until } } } },
  })

  for (const [name, policy, finding, status] of [
    ['a waiver of its rule and path', { waivers: waivers() }, findingWith(), 'waived'],
    ['a waiver on its last day', { waivers: waivers({ expires: '2026-11-24' }) }, findingWith(), 'waived'],
    [
      'no waiver that ended yesterday',
      { waivers: waivers({ expires: '2026-11-23' }) },
      findingWith(),
      'open',
    ],
    [
      'no waiver that begins tomorrow',
      { waivers: waivers({ granted: '2026-11-25' }) },
      findingWith(),
      'open',
    ],
    ['no waiver of another rule', { waivers: waivers({ rule: 'test/other' }) }, findingWith(), 'open'],
    ['no waiver of another path', { waivers: waivers({ paths: ['infra/**'] }) }, findingWith(), 'open'],
    ['no waiver of a secret: it is revoked', { waivers: waivers() }, secret(), 'open'],
    ['a rule that the policy turns off', off(null), findingWith(), 'waived'],
    ['one that is off until a later day', off('2026-11-25'), findingWith(), 'waived'],
    ['none that is on again', off('2026-11-24'), findingWith(), 'open'],
  ] satisfies [string, Parameters<typeof policyWith>[0], Finding, string][]) {
    it(`is ${name}`, () => {
      const gates = [fakeGate(finding.gate, { findings: [finding] })]

      const [judged] = evaluate(evaluationWith({ gates, policy: policyWith(policy) })).findings

      assert.equal(judged?.status, status)
      assert.equal(judged?.blocks, status === 'open')
    })
  }

  it('is the baseline, by fingerprint', () => {
    const gates = [fakeGate('iac', { findings: [findingWith({ fingerprint: 'old' }), findingWith()] })]
    const baseline = { ...noBaseline, fingerprints: new Set(['old']) }

    const { findings } = evaluate({ ...evaluationWith({ gates }), baseline })

    assert.deepEqual(
      findings.map(({ fingerprint, status }) => `${fingerprint} ${status}`),
      ['f1 open', 'old baseline'],
    )
  })
})

function secret(given: Partial<Finding> = {}): Finding {
  return findingWith({ gate: 'secrets', severity: 'critical', ...given })
}

function evaluationWith({
  policy = policyWith(),
  ...given
}: { policy?: Policy } & Partial<Omit<Evaluation, 'policy'>>): Evaluation {
  const empty = { resources: [], skips: [] }
  return {
    version: '1.2.3',
    kind: 'range',
    gates: [],
    selected: new Set<GateId>(['secrets', 'iac', 'signatures', 'reviews']),
    change: changeWith(),
    policy: { policy, digest: 'sha256:0', sources: ['preset:recommended'], origins: new Map() },
    baseline: noBaseline,
    facts: null,
    protection: { kind: 'not-asked' },
    estate: { base: empty, head: empty, delta: { added: [], changed: [], removed: [] } },
    scanned: new Map(),
    today: '2026-11-24',
    clock: () => 0,
    ...given,
  }
}
