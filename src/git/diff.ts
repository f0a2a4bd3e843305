import type { AddedBlob, ChangedFile, Entry } from '../model/change.ts'
import { LimitReached } from '../ports/git.ts'
import type { Objects } from './objects.ts'
import { pathOf } from './path.ts'
import { type RawChange, RawDiff, type RawHeading, type RawSide } from './raw-diff.ts'
import { kindOf } from './tree.ts'

/** git knows it without having it. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
/** More would not fit into memory beside the rest; a change of that many has other limits before it. */
const maxBlobs = 500_000

const diffTree = [
  'diff-tree',
  '--stdin',
  '-r',
  '--raw',
  '-z',
  '-c',
  '--root',
  '--always',
  '--no-abbrev',
  '--no-renames',
  // .gitmodules can ask to hide a submodule, and the configuration of a repository to see a part of it.
  '--ignore-submodules=none',
  '--no-relative',
  '--no-ext-diff',
  '--no-textconv',
]

export interface Diff {
  /** What differs between the two trees, sorted by path as bytes. */
  readonly files: readonly ChangedFile[]
  /** What each commit adds, in the order of the commits. */
  readonly blobs: readonly Omit<AddedBlob, 'size'>[]
}

/**
 * The blobs that commits add, and what differs between two trees, from one `git diff-tree`. For a merge that is its own
 * content: what none of its parents has at the path (`-c`). A null `before` is the empty tree.
 */
export async function diff(
  { git, gitDir }: Objects,
  of: { readonly commits: readonly string[]; readonly before: string | null; readonly after: string },
  maxFiles: number,
): Promise<Diff> {
  const collected = new Collected(maxFiles)
  const raw = new RawDiff(collected)
  await git.run({
    gitDir,
    args: diffTree,
    input: [...of.commits, `${of.before ?? emptyTree} ${of.after}`].map((line) => `${line}\n`).join(''),
    deadlineMs: 300_000,
    maxBytes: 2e9,
    read: (chunk) => raw.push(chunk),
  })
  raw.end()
  return collected.sorted()
}

class Collected implements Diff {
  readonly files: ChangedFile[] = []
  readonly blobs: Omit<AddedBlob, 'size'>[] = []
  readonly #seen = new Set<string>()
  readonly #maxFiles: number
  #heading: RawHeading = { kind: 'trees' }

  constructor(maxFiles: number) {
    this.#maxFiles = maxFiles
  }

  readonly heading = (heading: RawHeading): void => {
    this.#heading = heading
  }

  readonly change = (change: RawChange): void => {
    switch (this.#heading.kind) {
      case 'commit':
        return this.#add(change, this.#heading.oid)
      case 'trees':
        return this.#file(change)
    }
  }

  sorted(): Diff {
    // git goes by the names of each folder, where a folder sorts as if it ended with a slash.
    const keyed = this.files.map((file) => ({ key: Buffer.from(file.path), file }))
    keyed.sort((one, other) => Buffer.compare(one.key, other.key))
    return { files: keyed.map(({ file }) => file), blobs: this.blobs }
  }

  #add({ before, after, path }: RawChange, commit: string): void {
    const kind = kindOf(after.mode)
    if (kind === null || kind === 'submodule') return
    // A new mode is no new content, but a file that becomes a symlink is.
    const isOld = before.some(
      (side) =>
        side.oid === after.oid && isLink(side.mode) === (kind === 'symlink') && side.mode !== '160000',
    )
    const text = pathOf(path)
    const key = `${after.oid} ${kind === 'symlink'} ${text}`
    if (isOld || this.#seen.has(key)) return
    this.#seen.add(key)
    if (this.blobs.push({ oid: after.oid, path: text, kind, commit }) > maxBlobs)
      throw new LimitReached(`The commits of the change add more than ${maxBlobs} blobs.`)
  }

  #file({ before, after, path }: RawChange): void {
    const [base, head] = [entryOf(before[0]), entryOf(after)]
    const status = base === null ? 'added' : head === null ? 'removed' : 'modified'
    if (this.files.push({ path: pathOf(path), status, base, head }) > this.#maxFiles)
      throw new LimitReached(`The change has more than ${this.#maxFiles} files (limits.files).`)
  }
}

function isLink(mode: string): boolean {
  return kindOf(mode) === 'symlink'
}

function entryOf(side: RawSide | undefined): Entry | null {
  const kind = side === undefined ? null : kindOf(side.mode)
  return side === undefined || kind === null ? null : { oid: side.oid, kind }
}
