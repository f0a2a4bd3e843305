import type { Severity } from '../model/finding.ts'
import type { Verdict, VerdictFinding } from '../model/verdict.ts'

/** `1 file`, `3 files`, `10,000 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}

/** The first seven digits of an object id: enough for a person, and what git prints. */
export function short(oid: string | null): string {
  return oid === null ? 'nothing' : oid.slice(0, 7)
}

/** `.github/portcullis.yml@5caeb23`: where the policy comes from, with the commit as a person reads it; null for none. */
export function policySource({ policy }: Verdict): string | null {
  const source = policy.sources.at(-1)
  return source === undefined ? null : source.replace(/(?<=@[0-9a-f]{7})[0-9a-f]{33}$/, '')
}

/** `a/b.yaml:12`; null where no file is at fault. */
export function placeOf({ path, startLine }: Pick<VerdictFinding, 'path' | 'startLine'>): string | null {
  if (path === null) return null
  return startLine === null ? path : `${path}:${startLine}`
}

/** What may be shown of a secret, where the message does not show it already. */
export function previewOf({ preview, message }: VerdictFinding): string | null {
  return preview === null || message.includes(preview) ? null : preview
}

/**
 * The command that gives the same verdict; null where there is no range to name. With twelve digits of each id, which are
 * enough in the largest repositories.
 */
export function commandFor({ subject: { kind, base, head } }: Verdict): string | null {
  if (kind === 'tree') return 'portcullis scan'
  return base === null || head === null ? null : `portcullis check ${base.slice(0, 12)}..${head.slice(0, 12)}`
}

const severities: readonly Severity[] = ['critical', 'error', 'high', 'medium', 'low', 'info']

/** What is open, what blocks first, then by severity; in the verdict's order where these are the same. */
export function worstFirst(findings: readonly VerdictFinding[]): VerdictFinding[] {
  return findings
    .filter(({ status }) => status === 'open')
    .toSorted(
      (one, other) =>
        Number(other.blocks) - Number(one.blocks) ||
        severities.indexOf(one.severity) - severities.indexOf(other.severity),
    )
}
