import * as fc from 'fast-check'

import type { Verdict } from '../model/verdict.ts'
import { hostileText } from './hostile-text.ts'
import { oidOf, verdictFindingWith, verdictOn } from './verdict-with.ts'

const outcome = fc.constantFrom('pass', 'fail', 'waiting', 'error')
const line = fc.integer({ min: 1, max: 9 })
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const finding = fc
  .record({
    rule: hostileText,
    gate: fc.constantFrom('secrets', 'iac', 'signatures', 'reviews'),
    severity: fc.constantFrom('critical', 'error', 'high', 'medium', 'low', 'info'),
    title: hostileText,
    message: hostileText,
    remediation: hostileText,
    path: orNull(hostileText),
    side: fc.constantFrom('head', 'base'),
    startLine: orNull(line),
    startColumn: orNull(line),
    endLine: orNull(line),
    endColumn: orNull(line),
    commit: orNull(fc.constant(oidOf('8c0de1f'))),
    resource: orNull(hostileText),
    places: fc.array(
      fc.record({
        path: hostileText,
        startLine: line,
        commit: orNull(fc.constant(oidOf('1d77a02'))),
        side: fc.constantFrom('head', 'base'),
      }),
      { maxLength: 2 },
    ),
    fingerprint: hostileText,
    status: fc.constantFrom('open', 'waived', 'baseline'),
    blocks: fc.boolean(),
    preview: orNull(hostileText),
  })
  .map((given) => verdictFindingWith({ ...given, blocks: given.blocks && given.status === 'open' }))

/** A verdict in which everything that somebody else may have named is hostile. */
export const hostileVerdict: fc.Arbitrary<Verdict> = fc
  .record({
    outcome,
    findings: fc.array(finding, { maxLength: 3 }),
    waiting: fc.array(
      fc.record({
        requirement: hostileText,
        needs: line,
        has: fc.constant(0),
        who: fc.array(hostileText, { maxLength: 3 }),
      }),
      { maxLength: 2 },
    ),
    skips: fc.array(
      fc.record({
        gate: fc.constantFrom('secrets', 'iac', 'policy'),
        path: orNull(hostileText),
        reason: hostileText,
        blocks: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    source: hostileText,
    lookedAt: hostileText,
  })
  .map(({ findings, source, lookedAt, ...given }) => {
    const verdict = verdictOn(findings, { ...given, policy: { digest: 'sha256:5b1f', sources: [source] } })
    return { ...verdict, gates: verdict.gates.map((gate) => ({ ...gate, lookedAt })) }
  })
