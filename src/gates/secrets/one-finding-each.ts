import type { Place } from '../../model/finding.ts'
import type { BlobFinding } from '../../model/gate.ts'
import { Redacted } from '../../std/redacted.ts'
import type { Fingerprints } from './fingerprints.ts'
import { severities } from './strongest.ts'
import type { Candidate } from './strongest.ts'

export interface PlacedCandidate extends Candidate {
  readonly from: { readonly line: number; readonly column: number }
  readonly to: { readonly line: number; readonly column: number }
}

/** The finding of one candidate. From here on the secret is gone: only its preview is left. */
export function toFinding(path: string, candidate: PlacedCandidate, fingerprints: Fingerprints): BlobFinding {
  const { rule, family, severity, value, evidence, run, from, to } = candidate
  const preview = new Redacted(Buffer.from(value, 'latin1').toString('utf8')).preview
  const notes = [evidence.note, run === null ? undefined : 'it is encoded']
  return {
    rule: rule.id,
    gate: 'secrets',
    severity,
    title: rule.title,
    message: [`${rule.title}, ${preview}`, ...notes.filter((note) => note !== undefined)].join('; '),
    remediation: rule.remediation,
    path: path === '' ? null : path,
    startLine: path === '' ? null : from.line,
    startColumn: path === '' ? null : from.column,
    endLine: path === '' ? null : to.line,
    endColumn: path === '' ? null : to.column,
    side: 'head',
    commit: null,
    resource: null,
    places: [],
    fingerprint: fingerprints.fingerprint(family, value, path),
    preview,
    identity: fingerprints.identity(family, value),
  }
}

/** The same secret several times in one blob is one finding, at its worst place; the further ones are its `places`. */
export function oneFindingEach(findings: readonly BlobFinding[]): BlobFinding[] {
  const byIdentity = Map.groupBy(findings, ({ identity }) => identity)
  return [...byIdentity.values()].flatMap((same) => {
    const [first, ...rest] = same.toSorted(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
    )
    return first === undefined ? [] : [{ ...first, places: placesOf(first, rest) }]
  })
}

/** A line that is there twice, such as once for each way to read the blob, is one place. */
function placesOf(first: BlobFinding, rest: readonly BlobFinding[]): Place[] {
  const places = new Map<number, Place>()
  for (const { path, startLine, commit, side } of rest) {
    if (path === null || startLine === null || startLine === first.startLine) continue
    places.set(startLine, { path, startLine, commit, side })
  }
  return [...places.values()].toSorted((a, b) => a.startLine - b.startLine)
}
