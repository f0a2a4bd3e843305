import { minimatch } from 'minimatch'

import type { Blob } from '../../model/change.ts'
import type { BlobFinding, Scan, ScanSettings, Scanner } from '../../model/gate.ts'
import type { SecretsPolicy } from '../../model/policy.ts'
import type { Skip } from '../../model/skip.ts'
import { digest } from '../../std/digest.ts'
import { BytePlaces } from './byte-places.ts'
import { withoutSecrets } from './conceal.ts'
import { latin1, maxFinds } from './engine.ts'
import { Fingerprints } from './fingerprints.ts'
import { findInManifests } from './manifests.ts'
import { oneFindingEach, toFinding } from './one-finding-each.ts'
import type { PlacedCandidate } from './one-finding-each.ts'
import type { SecretRule } from './rule.ts'
import { rules } from './rules/index.ts'
import { findInBytes, prepareRules } from './search.ts'
import type { Layer, PreparedRules } from './search.ts'
import { candidateOf, strongest } from './strongest.ts'
import type { Candidate } from './strongest.ts'
import { viewsOf } from './views.ts'

/** What stays the same for every blob. */
interface Prepared extends PreparedRules {
  readonly fingerprints: Fingerprints
  readonly policy: SecretsPolicy
}

/** The rules as the policy sets them. `version` is the gate's. */
export function prepareScanner(version: string, { policy, fingerprintKey }: ScanSettings): Scanner {
  const secrets = policy.gates.secrets
  const fingerprints = new Fingerprints(fingerprintKey)
  const prepared: Prepared = { ...prepareRules(secrets.custom), fingerprints, policy: secrets }
  const { include, exclude, max_blob, oversize, custom } = secrets
  const settings = JSON.stringify({ include, exclude, max_blob, oversize, custom })
  return {
    digest: digest(version, ...rules.map(textOf), settings, fingerprints.keyDigest),
    leavesOut: (path, size) => skipOf(secrets, path, size),
    scan: (blob) => scanBlob(prepared, blob),
  }
}

function textOf({ judge, ...rule }: SecretRule & { judge?: unknown }): string {
  return JSON.stringify({ ...rule, isJudged: judge !== undefined })
}

function scanBlob(prepared: Prepared, blob: Blob): Scan {
  const skip = skipOf(prepared.policy, blob.path, blob.bytes.length)
  if (skip !== null) return { findings: [], skips: [skip] }
  const found: BlobFinding[] = []
  const capped = new Set<string>()
  // Results are kept, so a name that holds a secret may not be in them. Most blobs have none, and need no name.
  let shown: string | null = null
  const path = () => (shown ??= withoutSecrets(blob.path, prepared))
  for (const { bytes } of viewsOf(blob.bytes)) {
    const layer: Layer = { bytes, path: blob.path, depth: 0, capped }
    const candidates = [...findInBytes(prepared, layer), ...findInObjects(prepared, layer)]
    for (const placed of place(bytes, strongest(candidates)))
      found.push(toFinding(path(), placed, prepared.fingerprints))
  }
  const skips = [...capped].map((rule): Skip => {
    const reason = `more than ${maxFinds} matches of ${rule}; the rest of them was not looked at`
    return { path: path(), reason, blocks: true }
  })
  return { findings: oneFindingEach(found), skips }
}

/** A text that is no file has no path, and no glob leaves it out. */
function skipOf(policy: SecretsPolicy, path: string, size: number): Skip | null {
  if (path === '') return null
  const matches = (pattern: string) => minimatch(path, pattern, { dot: true })
  if (!policy.include.some(matches))
    return { path, reason: 'left out by gates.secrets.include of the policy', blocks: false }
  if (policy.exclude.some(matches))
    return { path, reason: 'left out by gates.secrets.exclude of the policy', blocks: false }
  if (size <= policy.max_blob) return null
  const reason = `${size} bytes, more than the ${policy.max_blob} of gates.secrets.max_blob`
  return { path, reason, blocks: policy.oversize === 'block' }
}

function findInObjects(prepared: Prepared, layer: Layer): Candidate[] {
  const { bytes } = layer
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wanted = prepared.manifestRules.filter(
    (rule) => buffer.includes(rule.object) && buffer.includes('kind'),
  )
  if (wanted.length === 0) return []
  const places = new BytePlaces(bytes)
  return findInManifests(buffer.toString('utf8'), wanted).flatMap(({ rule, find, ...at }) => {
    const start = places.offsetOf(at.startLine, at.startColumn)
    const end = places.offsetOf(at.endLine, at.endColumn)
    const decoded = Buffer.from(find.value, 'utf8')
    const own = candidateOf(rule, { start, end, value: latin1(decoded), evidence: find.evidence, run: null })
    // What stands in one line was decoded as a stretch of base64 already.
    if (at.startLine === at.endLine) return [own]
    const inner = findInBytes(prepared, { ...layer, bytes: decoded, depth: 1 })
    return [own, ...strongest(inner).map((candidate) => ({ ...candidate, start, end, run: start }))]
  })
}

/** Sorted by offset, as `strongest` gives them. */
function place(bytes: Uint8Array, candidates: readonly Candidate[]): PlacedCandidate[] {
  if (candidates.length === 0) return []
  const places = new BytePlaces(bytes)
  return candidates.map((candidate) => ({
    ...candidate,
    from: places.at(candidate.start),
    to: places.at(candidate.end),
  }))
}
