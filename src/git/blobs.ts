import { LimitReached } from '../ports/git.ts'
import type { CatFile } from './cat-file.ts'
import { MissingObject } from './git-errors.ts'

/** How much is read ahead of who reads: enough to keep git busy, little enough for many readers at once. */
const aheadBytes = 4_000_000
const aheadCount = 256
/** GitHub takes no file above 100 MB. What is larger is no text, and would not fit beside others. */
const maxBytes = 256_000_000

/** Each blob once, in the order asked for. Nothing is read ahead of the reader beyond a few megabytes. */
export async function* blobs(
  catFile: CatFile,
  oids: readonly string[],
): AsyncGenerator<{ readonly oid: string; readonly bytes: Uint8Array }> {
  const wanted = [...new Set(oids)]
  for (let at = 0; at < wanted.length; at += aheadCount) {
    const some = wanted.slice(at, at + aheadCount)
    const infos = await Promise.all(some.map((oid) => catFile.info(oid)))
    const sized = some.map((oid, index) => ({ oid, size: sizeOf(oid, infos[index] ?? null) }))
    for (const group of groups(sized))
      yield* await Promise.all(
        group.map(async ({ oid }) => ({ oid, bytes: await catFile.contents(oid, 'blob') })),
      )
  }
}

function sizeOf(oid: string, info: { readonly type: string; readonly size: number } | null): number {
  if (info?.type !== 'blob') throw new MissingObject(oid)
  if (info.size > maxBytes)
    throw new LimitReached(`Blob ${oid} has ${info.size} bytes, more than ${maxBytes}.`)
  return info.size
}

/** Neighbours that fit together; one that is larger stands alone. */
function groups<Sized extends { readonly size: number }>(all: readonly Sized[]): Sized[][] {
  const found: Sized[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const one of all) {
    if (bytes + one.size > aheadBytes) {
      found.push([])
      bytes = 0
    }
    bytes += one.size
    found.at(-1)?.push(one)
  }
  return found
}
