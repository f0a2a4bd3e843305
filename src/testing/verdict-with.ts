import type { Verdict, VerdictFinding, VerdictGate } from '../model/verdict.ts'

/** The verdict on an ordinary pull request that passes, with what the test cares about put in its place. */
export function verdictWith(given: Partial<Verdict> = {}): Verdict {
  return {
    schema: 'portcullis/verdict/v1',
    tool: { name: 'portcullis', version: '1.4.0', rulesDigest: `sha256:${'c0'.repeat(32)}` },
    subject: {
      kind: 'range',
      base: oidOf('a91be77'),
      mergeBase: oidOf('a91be77'),
      head: oidOf('8c0de1f'),
      commits: 3,
      files: 14,
      bytes: 12_345,
    },
    policy: {
      digest: `sha256:${'5b1f'.repeat(16)}`,
      sources: ['preset:recommended', `.github/portcullis.yml@${oidOf('a91be77')}`],
    },
    outcome: 'pass',
    gates: [
      gateWith({ gate: 'secrets', lookedAt: '14 blobs in 3 commits' }),
      gateWith({ gate: 'iac', lookedAt: '11 objects' }),
      gateWith({
        gate: 'signatures',
        outcome: 'not-evaluated',
        lookedAt: 'this version verifies no signatures',
      }),
      gateWith({ gate: 'reviews', lookedAt: '1 of 1 approvals on 8c0de1f' }),
    ],
    findings: [],
    waiting: [],
    skips: [],
    ...given,
  }
}

/** One gate's line of a verdict; passed, if the test says nothing else. */
export function gateWith(given: Partial<VerdictGate> = {}): VerdictGate {
  return { gate: 'iac', outcome: 'pass', findings: 0, lookedAt: 'what the test says', ms: 12, ...given }
}

/** An open finding that blocks, in one file of the head. */
export function verdictFindingWith(given: Partial<VerdictFinding> = {}): VerdictFinding {
  return {
    rule: 'test/rule',
    gate: 'iac',
    severity: 'high',
    title: 'A rule of the test',
    message: 'Something is wrong.',
    remediation: 'Put it right.',
    path: 'apps/a.yaml',
    side: 'head',
    startLine: 3,
    startColumn: 5,
    endLine: 3,
    endColumn: 9,
    commit: null,
    resource: null,
    places: [],
    fingerprint: 'f1',
    status: 'open',
    blocks: true,
    preview: null,
    ...given,
  }
}

/** A verdict with these findings, its outcome and the gates' numbers as they follow from them. */
export function verdictOn(
  findings: readonly VerdictFinding[],
  given: Partial<Omit<Verdict, 'findings' | 'gates'>> = {},
): Verdict {
  const { gates } = verdictWith()
  return verdictWith({
    outcome: findings.some(({ blocks }) => blocks) ? 'fail' : 'pass',
    gates: gates.map((gate) => {
      const own = findings.filter((finding) => finding.gate === gate.gate)
      if (own.length === 0) return gate
      const outcome = own.some(({ blocks }) => blocks) ? 'fail' : 'pass'
      return { ...gate, outcome, findings: own.filter(({ status }) => status === 'open').length }
    }),
    findings: [...findings],
    ...given,
  })
}

/** A whole object id that begins with these digits. */
export function oidOf(start: string): string {
  return start.padEnd(40, '0')
}
