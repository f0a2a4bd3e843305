import type { Finding, GateId } from '../model/finding.ts'
import type { Gate, GateResult } from '../model/gate.ts'

/** A gate that finds what the test says. */
export function fakeGate(id: GateId, result: Partial<Extract<GateResult, { kind: 'evaluated' }>> = {}): Gate {
  return {
    id,
    version: '1',
    evaluate: () => ({
      kind: 'evaluated',
      findings: [],
      skips: [],
      waiting: [],
      lookedAt: 'what the test says',
      ...result,
    }),
  }
}

/** A finding of a rule of the test's, at one place. */
export function findingWith(given: Partial<Finding> = {}): Finding {
  return {
    rule: 'test/rule',
    gate: 'iac',
    severity: 'high',
    title: 'A rule of the test',
    message: 'Something is wrong.',
    remediation: 'Put it right.',
    path: 'apps/a.yaml',
    startLine: 1,
    startColumn: 1,
    endLine: 1,
    endColumn: 2,
    side: 'head',
    commit: null,
    resource: null,
    places: [],
    fingerprint: 'f1',
    preview: null,
    ...given,
  }
}
