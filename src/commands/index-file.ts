import { createHash } from 'node:crypto'

/** What git's index knows of one tracked file: when it last saw it, and which blob it was. */
export interface IndexEntry {
  /** Bytes as latin1, because a path need not be UTF-8. */
  readonly path: string
  readonly mode: number
  readonly oid: string
  /** Bytes, modulo 2^32. */
  readonly size: number
  /** Seconds since 1970, and the nanoseconds within; these are 0 where git was built without them. */
  readonly mtime: { readonly seconds: number; readonly nanoseconds: number }
  /** Left out of the work tree on purpose. */
  readonly isSkipped: boolean
  /** 1 to 3 in a conflict. */
  readonly stage: number
  /** Nothing was added yet, but that it will be. */
  readonly isIntent: boolean
}

export interface IndexFile {
  readonly entries: readonly IndexEntry[]
  /** The tree that a commit of the index would have; null where git has to write it first, or did not say. */
  readonly tree: string | null
}

/** https://git-scm.com/docs/index-format, versions 2 to 4. Null for what is no such file, or only a part of one. */
export function readIndex(bytes: Buffer): IndexFile | null {
  if (bytes.length < 32 || bytes.toString('latin1', 0, 4) !== 'DIRC') return null
  const version = bytes.readUInt32BE(4)
  const count = bytes.readUInt32BE(8)
  if (version < 2 || version > 4 || !isWhole(bytes)) return null
  const entries: IndexEntry[] = []
  let at = 12
  for (let number = 0; number < count; number++) {
    const next = readEntry(bytes, at, { version, before: entries.at(-1)?.path ?? '' })
    if (next === null) return null
    entries.push(next.entry)
    at = next.end
  }
  const extensions = readExtensions(bytes, at)
  // A split index keeps most of its entries in another file.
  return extensions === null || extensions.has('link')
    ? null
    : { entries, tree: treeIn(extensions.get('TREE')) }
}

/** It ends with the SHA-1 of the rest; with zeros where `index.skipHash` is set. */
function isWhole(bytes: Buffer): boolean {
  const checksum = bytes.subarray(-20)
  return (
    checksum.every((byte) => byte === 0) ||
    createHash('sha1').update(bytes.subarray(0, -20)).digest().equals(checksum)
  )
}

interface Before {
  readonly version: number
  readonly before: string
}

function readEntry(bytes: Buffer, at: number, { version, before }: Before) {
  if (at + 64 > bytes.length) return null
  const flags = bytes.readUInt16BE(at + 60)
  const isExtended = (flags & 0x4000) !== 0
  const nameAt = at + (isExtended ? 64 : 62)
  const name = version === 4 ? compressedName(bytes, nameAt, before) : plainName(bytes, nameAt, at)
  if (name === null) return null
  const extended = isExtended ? bytes.readUInt16BE(at + 62) : 0
  const entry: IndexEntry = {
    path: name.path,
    mode: bytes.readUInt32BE(at + 24),
    oid: bytes.toString('hex', at + 40, at + 60),
    size: bytes.readUInt32BE(at + 36),
    mtime: { seconds: bytes.readUInt32BE(at + 8), nanoseconds: bytes.readUInt32BE(at + 12) },
    isSkipped: (flags & 0x8000) !== 0 || (extended & 0x4000) !== 0,
    stage: (flags >> 12) & 3,
    isIntent: (extended & 0x2000) !== 0,
  }
  return { entry, end: name.end }
}

/** Ends with 1 to 8 NULs, so that the entry is a multiple of eight bytes long. */
function plainName(bytes: Buffer, nameAt: number, entryAt: number) {
  const end = bytes.indexOf(0, nameAt)
  if (end === -1) return null
  const path = bytes.toString('latin1', nameAt, end)
  return { path, end: entryAt + (Math.floor((end - entryAt) / 8) + 1) * 8 }
}

/** Says how much of the end of the name before is replaced, in git's offset encoding, and by what. */
function compressedName(bytes: Buffer, nameAt: number, before: string) {
  let at = nameAt
  let byte = bytes[at++] ?? 0
  let removed = byte & 127
  while (byte >= 128) {
    byte = bytes[at++] ?? 0
    removed = (removed + 1) * 128 + (byte & 127)
  }
  const end = bytes.indexOf(0, at)
  if (end === -1 || removed > before.length) return null
  return { path: before.slice(0, before.length - removed) + bytes.toString('latin1', at, end), end: end + 1 }
}

/** By signature, up to the checksum at the end. */
function readExtensions(bytes: Buffer, start: number): Map<string, Buffer> | null {
  const found = new Map<string, Buffer>()
  const last = bytes.length - 20
  let at = start
  while (at + 8 <= last) {
    const end = at + 8 + bytes.readUInt32BE(at + 4)
    if (end > last) return null
    found.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, end))
    at = end
  }
  return at === last ? found : null
}

/** The first entry is the root: an empty name, a count that is -1 where it changed, and its id. */
function treeIn(extension: Buffer | undefined): string | null {
  const newline = extension?.indexOf('\n') ?? -1
  if (extension === undefined || newline === -1) return null
  const isValid = /^\0\d+ \d+$/.test(extension.toString('latin1', 0, newline))
  return isValid ? extension.toString('hex', newline + 1, newline + 21) : null
}
