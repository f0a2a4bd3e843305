import type { AddedBlob } from '../model/change.ts'
import type { ScannedBlob } from '../model/gate.ts'
import { LimitReached, NotAFile } from '../ports/git.ts'
import type { Repository } from '../ports/git.ts'
import { scanBlobs } from './scan-blobs.ts'
import type { ScanRequest } from './scan-blobs.ts'

export interface BaseRequest extends Omit<ScanRequest, 'blobs' | 'repository'> {
  readonly repository: Pick<Repository, 'file' | 'blobs'>
  /** What is larger is not looked at. */
  readonly maxBytes: number
}

/**
 * Looks at the merge base, at the paths where the change has findings, so that a gate can tell what was there before. A
 * path that cannot be looked at there is left out: then nothing is known of before, and the finding stays the change's.
 */
export async function scanBase(
  request: BaseRequest,
  mergeBase: string | null,
  scanned: readonly ScannedBlob[],
): Promise<readonly ScannedBlob[]> {
  if (mergeBase === null) return []
  const paths = new Set(scanned.flatMap(({ blob, scan }) => (scan.findings.length === 0 ? [] : [blob.path])))
  const before: AddedBlob[] = []
  for (const path of paths) {
    const blob = await blobAt(request, mergeBase, path)
    if (blob !== null) before.push(blob)
  }
  return scanBlobs({ ...request, blobs: before })
}

/** Asked of the tree, not of the change's files: a file that the change leaves as it was may differ in between. */
async function blobAt(
  { repository, maxBytes }: BaseRequest,
  mergeBase: string,
  path: string,
): Promise<AddedBlob | null> {
  try {
    const file = await repository.file(mergeBase, path, maxBytes)
    return file === null ? null : { oid: file.oid, path, kind: 'file', commit: null, size: file.bytes.length }
  } catch (error) {
    if (error instanceof LimitReached || error instanceof NotAFile) return null
    throw error
  }
}
