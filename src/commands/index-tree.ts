import { createHash } from 'node:crypto'

import type { IndexEntry } from './index-file.ts'

/** The id of the tree that a commit of these entries would have; null in a conflict, which has none. */
export function treeOf(entries: readonly IndexEntry[]): string | null {
  if (entries.some(({ stage }) => stage !== 0)) return null
  return treeBelow(
    entries.filter(({ isIntent }) => !isIntent),
    0,
  )
}

/** Entries of one folder, whose name is so many characters long. They stand in the order that a tree has. */
function treeBelow(entries: readonly IndexEntry[], length: number): string {
  const parts: Buffer[] = []
  for (let at = 0; at < entries.length;) {
    const entry = entries[at]
    if (entry === undefined) break
    const slash = entry.path.indexOf('/', length)
    const name = entry.path.slice(length, slash === -1 ? undefined : slash)
    const below = slash === -1 ? null : folderAt(entries, at, entry.path.slice(0, slash + 1))
    const oid = below === null ? entry.oid : treeBelow(below, slash + 1)
    const mode = below === null ? entry.mode.toString(8) : '40000'
    parts.push(Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(oid, 'hex'))
    at += below?.length ?? 1
  }
  const content = Buffer.concat(parts)
  return createHash('sha1').update(`tree ${content.length}\0`).update(content).digest('hex')
}

/** The neighbours whose paths begin with a folder's, `a/b/`. */
function folderAt(entries: readonly IndexEntry[], start: number, folder: string): readonly IndexEntry[] {
  let end = start + 1
  while (entries[end]?.path.startsWith(folder) === true) end++
  return entries.slice(start, end)
}
