import type { AddedBlob } from '../model/change.ts'
import type { Gate, Scan, ScannedBlob, Scanner } from '../model/gate.ts'
import type { Repository } from '../ports/git.ts'
import { scanKey } from '../ports/stores.ts'
import type { Scans } from '../ports/stores.ts'

export interface ScanRequest {
  readonly gate: Pick<Gate, 'id' | 'version'>
  readonly scanner: Scanner
  readonly repository: Pick<Repository, 'blobs'>
  readonly blobs: readonly AddedBlob[]
  /** Where results are kept; null on a laptop. */
  readonly kept: { readonly scans: Scans; readonly installation: number } | null
}

/** Below this a scan is cheaper than asking the database what it found the last time. */
const worthKeeping = 200

/** Looks at each blob of a change with one gate. */
export async function scanBlobs(request: ScanRequest): Promise<readonly ScannedBlob[]> {
  const { gate, scanner } = request
  const scans = new Map<string, Scan>()
  const wanted: AddedBlob[] = []
  for (const blob of request.blobs) {
    if (blob.kind === 'submodule') continue
    const leftOut = scanner.leavesOut(blob.path, blob.size)
    if (leftOut === null) wanted.push(blob)
    else scans.set(scanKey(blob), { findings: [], skips: [leftOut] })
  }
  const of = { gate: gate.id, version: gate.version, digest: scanner.digest }
  const kept = wanted.length > worthKeeping ? request.kept : null
  const known = (await kept?.scans.get({ installation: kept.installation, ...of }, wanted)) ?? new Map()
  for (const [key, scan] of known) scans.set(key, scan)
  const fresh = await scanUnknown(request.repository, wanted, scans, (blob) => scanner.scan(blob))
  await kept?.scans.put({ installation: kept.installation, ...of }, fresh)
  return withScans(request.blobs, scans)
}

type Fresh = { readonly key: { readonly oid: string; readonly path: string }; readonly scan: Scan }[]

/** Reads each object once, whatever number of paths it stands at, and fills `scans`. */
async function scanUnknown(
  repository: Pick<Repository, 'blobs'>,
  wanted: readonly AddedBlob[],
  scans: Map<string, Scan>,
  scan: (blob: { path: string; bytes: Uint8Array }) => Scan,
): Promise<Fresh> {
  const paths = new Map<string, Set<string>>()
  for (const { oid, path } of wanted) {
    if (scans.has(scanKey({ oid, path }))) continue
    const known = paths.get(oid)
    if (known === undefined) paths.set(oid, new Set([path]))
    else known.add(path)
  }
  const fresh: Fresh = []
  for await (const { oid, bytes } of repository.blobs([...paths.keys()])) {
    for (const path of paths.get(oid) ?? []) {
      const key = { oid, path }
      const result = scan({ path, bytes })
      scans.set(scanKey(key), result)
      fresh.push({ key, scan: result })
    }
  }
  return fresh
}

function withScans(blobs: readonly AddedBlob[], scans: ReadonlyMap<string, Scan>): ScannedBlob[] {
  return blobs.flatMap((blob) => {
    const scan = scans.get(scanKey(blob))
    if (scan !== undefined) return [{ blob, scan }]
    // What was handed to nobody is no submodule that may be left out: it must not look clean.
    if (blob.kind !== 'submodule') throw new Error(`${blob.oid} was not scanned`)
    return []
  })
}
