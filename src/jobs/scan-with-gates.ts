import type { ScannedBlobs } from '../evaluate/evaluate.ts'
import type { Change } from '../model/change.ts'
import type { GateId } from '../model/finding.ts'
import type { Gate, ScanSettings } from '../model/gate.ts'
import { scanBase } from './scan-base.ts'
import type { BaseRequest } from './scan-base.ts'
import { scanBlobs } from './scan-blobs.ts'

interface GatesRequest extends Omit<BaseRequest, 'gate' | 'scanner' | 'maxBytes'> {
  readonly gates: readonly Gate[]
  readonly selected: ReadonlySet<GateId>
  readonly settings: ScanSettings
  readonly clock: () => number
}

/** Looks at the blobs of a change with each gate that looks at blobs, and at what the merge base had in their place. */
export async function scanWithGates(
  request: GatesRequest,
  change: Pick<Change, 'mergeBase' | 'blobs'>,
): Promise<ReadonlyMap<GateId, ScannedBlobs>> {
  const { gates, selected, settings, clock } = request
  const maxBytes = settings.policy.gates.secrets.max_blob
  const scanned = new Map<GateId, ScannedBlobs>()
  for (const gate of gates) {
    if (gate.scan === undefined || !selected.has(gate.id)) continue
    const start = clock()
    const one = { ...request, gate, scanner: gate.scan.prepare(settings), maxBytes }
    const blobs = await scanBlobs({ ...one, blobs: change.blobs })
    const base = await scanBase(one, change.mergeBase, blobs)
    scanned.set(gate.id, { blobs, base, scanner: one.scanner, ms: clock() - start })
  }
  return scanned
}
