import type { EntryKind } from '../model/change.ts'

export interface TreeEntry {
  /** As git writes it: `100644`, `40000`. */
  readonly mode: string
  readonly oid: string
}

/** The entry of that name in a raw tree object; null where there is none. Throws where it is no tree. */
export function entryOf(tree: Buffer, name: Uint8Array): TreeEntry | null {
  let at = 0
  while (at < tree.length) {
    const space = tree.indexOf(0x20, at)
    const end = tree.indexOf(0, space)
    if (space === -1 || end === -1 || end + 21 > tree.length) throw new Error('This is no tree object.')
    if (tree.subarray(space + 1, end).equals(name))
      return { mode: tree.toString('latin1', at, space), oid: tree.toString('hex', end + 1, end + 21) }
    at = end + 21
  }
  return null
}

/** What a mode stands for; null for a folder, and for no entry (`000000`). Throws for what git never prints. */
export function kindOf(mode: string): EntryKind | null {
  switch (Number.parseInt(mode, 8) & 0o170000) {
    case 0o100000:
      return (Number.parseInt(mode, 8) & 0o100) === 0 ? 'file' : 'executable'
    case 0o120000:
      return 'symlink'
    case 0o160000:
      return 'submodule'
    case 0o040000:
    case 0:
      return null
  }
  throw new Error('git printed a mode that it does not have.')
}
