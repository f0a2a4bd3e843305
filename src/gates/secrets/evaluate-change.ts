import type { Change, Text } from '../../model/change.ts'
import type { Finding, Place } from '../../model/finding.ts'
import type { BlobFinding, GateInput, GateResult, ScannedBlob } from '../../model/gate.ts'
import type { Skip } from '../../model/skip.ts'
import { severities } from './strongest.ts'
import { findInTexts } from './texts.ts'

/**
 * Secrets of the change as a whole. Each is one finding, wherever it stands: at its worst place, of these at the first of
 * the head, else of the history. What the merge base has at the same path is not the change's: it is told, and does not
 * block. Comments that ask a scanner to look away have no effect, because whoever proposes the secret writes them.
 */
export function evaluateChange({ change, scanned, scannedBase, texts, scanner }: GateInput): GateResult {
  const inTexts = scanner === null ? unread(texts) : findInTexts(scanner, texts)
  const findings = [...findInBlobs(change, scanned, scannedBase), ...inTexts.findings]
  return {
    kind: 'evaluated',
    findings: findings.toSorted(compare),
    skips: sorted([...scanned.flatMap(({ scan }) => scan.skips), ...inTexts.skips]),
    waiting: [],
    lookedAt: lookedAt(change, scanned),
  }
}

/** One secret at one path: where it stands, which commit brought it there, and whether the head still has it. */
interface Standing {
  readonly finding: BlobFinding
  /** Null for a file that no commit brought. */
  readonly commit: string | null
  readonly isAtHead: boolean
  /** The merge base has the same secret at the same path. */
  readonly wasThere: boolean
}

function findInBlobs(
  change: Change,
  scanned: readonly ScannedBlob[],
  scannedBase: readonly ScannedBlob[],
): Finding[] {
  const before = new Set(
    scannedBase.flatMap(({ blob, scan }) => scan.findings.map((finding) => keyOf(blob.path, finding))),
  )
  const order = new Map(change.commits.map(({ oid }, index) => [oid, index]))
  const heads = new Map(change.files.map((file) => [file.path, file.head?.oid ?? null]))
  const byIdentity = new Map<string, Map<string, Standing>>()
  for (const { blob, scan } of scanned) {
    const isAtHead = heads.get(blob.path) === blob.oid
    for (const finding of scan.findings) {
      const paths = byIdentity.get(finding.identity) ?? new Map<string, Standing>()
      byIdentity.set(finding.identity, paths)
      const standing = standingOf(finding, blob.commit, {
        isAtHead,
        wasThere: before.has(keyOf(blob.path, finding)),
      })
      const known = paths.get(blob.path)
      paths.set(blob.path, known === undefined ? standing : laterOf(known, standing, order))
    }
  }
  return [...byIdentity.values()].map((paths) => toFinding([...paths.values()]))
}

function keyOf(path: string, { identity }: BlobFinding): string {
  return `${identity} ${path}`
}

function standingOf(
  finding: BlobFinding,
  commit: string | null,
  flags: Pick<Standing, 'isAtHead' | 'wasThere'>,
): Standing {
  return { finding: flags.wasThere ? { ...finding, severity: 'info' } : finding, commit, ...flags }
}

/** The version at head, else the last one, tells where it stands; the first commit is the one that brought it in. */
function laterOf(a: Standing, b: Standing, order: ReadonlyMap<string, number>): Standing {
  const position = ({ commit }: Standing) => order.get(commit ?? '') ?? Number.POSITIVE_INFINITY
  const shown = a.isAtHead === b.isAtHead ? (position(b) > position(a) ? b : a) : a.isAtHead ? a : b
  return { ...shown, commit: position(b) < position(a) ? b.commit : a.commit }
}

function toFinding(standings: readonly Standing[]): Finding {
  const ordered = standings.toSorted(
    (a, b) =>
      severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
      Number(b.isAtHead) - Number(a.isAtHead) ||
      compare(a.finding, b.finding),
  )
  const [first, ...rest] = ordered
  if (first === undefined) throw new Error('a secret without a place')
  const { identity: _, ...finding } = first.finding
  const places = [...placesOf(first).slice(1), ...rest.flatMap(placesOf)]
  const isGone = first.commit !== null && !first.isAtHead
  return {
    ...finding,
    commit: broughtBy(first),
    ...(isGone ? { inHistoryOnly: true } : {}),
    places,
    ...textOf(first),
  }
}

/** No commit of the change brought in what was there before. */
function broughtBy({ commit, wasThere }: Standing): string | null {
  return wasThere ? null : commit
}

function placesOf(standing: Standing): Place[] {
  const { finding } = standing
  const { path, startLine } = finding
  const commit = broughtBy(standing)
  if (path === null || startLine === null) return []
  const own: Place = { path, startLine, commit, side: 'head' }
  return [own, ...finding.places.map((place) => ({ ...place, commit }))]
}

/** What was removed again is as public as what stays: everybody who fetched the branch has it. */
function textOf({ finding, commit, isAtHead, wasThere }: Standing): Pick<Finding, 'message' | 'remediation'> {
  if (wasThere)
    return {
      message: `${finding.message}; it was there before this change, and still has to be revoked.`,
      remediation: finding.remediation,
    }
  if (commit === null) return { message: `${finding.message}.`, remediation: finding.remediation }
  const short = commit.slice(0, 8)
  if (isAtHead) return { message: `${finding.message}; added in ${short}.`, remediation: finding.remediation }
  return {
    message: `${finding.message}; added in ${short} and removed again, but still in the history.`,
    remediation: `${finding.remediation} Then rewrite the branch without ${short} and force-push it.`,
  }
}

/** Without a scanner nothing is known of the texts, and that must not look clean. */
function unread(texts: readonly Text[]): { findings: readonly Finding[]; skips: readonly Skip[] } {
  const reason = 'commit messages, names and the description were not looked at: there is no scanner'
  return { findings: [], skips: texts.length === 0 ? [] : [{ path: null, reason, blocks: true }] }
}

/** Each once: a blob that stands at one path in several commits is left out for one reason. */
function sorted(skips: readonly Skip[]): Skip[] {
  const distinct = new Map(skips.map((skip) => [JSON.stringify([skip.path, skip.reason, skip.blocks]), skip]))
  return [...distinct.values()].toSorted(
    (a, b) => compareText(a.path ?? '', b.path ?? '') || compareText(a.reason, b.reason),
  )
}

/** What was left out is named as a skip and does not count; nor do the commits of files that no commit brought. */
function lookedAt({ commits }: Change, scanned: readonly ScannedBlob[]): string {
  const read = scanned.filter(({ scan }) => scan.findings.length > 0 || scan.skips.length === 0)
  const blobs = count(read.length, 'blob')
  return commits.length === 0 ? blobs : `${blobs} in ${count(commits.length, 'commit')}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** By path, line, column, rule; what has no path comes first. */
function compare(a: Finding, b: Finding): number {
  return (
    compareText(a.path ?? '', b.path ?? '') ||
    (a.startLine ?? 0) - (b.startLine ?? 0) ||
    (a.startColumn ?? 0) - (b.startColumn ?? 0) ||
    compareText(a.rule, b.rule) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
