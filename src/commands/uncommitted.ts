import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { visible } from '../report/escape/visible.ts'
import { readIndex } from './index-file.ts'
import type { IndexEntry } from './index-file.ts'
import { treeOf } from './index-tree.ts'
import { rootOf } from './work-tree.ts'

/** What is not committed, as far as it can be told without git. */
export interface Uncommitted {
  /** Tracked files that differ from the index, sorted as git does. */
  readonly paths: readonly string[]
  readonly isStaged: boolean
}

/**
 * Compares tracked files with the index by itself: `git status` runs the filters that a repository configures. New files
 * that were never added are not looked for, because only git knows which are ignored. Null where nothing can be told.
 */
export function uncommittedIn(folder: string, headTree: string): Uncommitted | null {
  const root = rootOf(folder)
  const git = gitFolder(root)
  const bytes = git === null ? null : readIfThere(join(git, 'index'))
  const index = bytes === null ? null : readIndex(bytes)
  if (index === null) return null
  const changed = index.entries.filter((entry) => isChanged(root, entry))
  const paths = new Set(changed.map(({ path }) => Buffer.from(path, 'latin1').toString()))
  return { paths: [...paths], isStaged: index.tree !== headTree && treeOf(index.entries) !== headTree }
}

/** One line for a person; null where everything is committed. */
export function uncommittedNote({ paths, isStaged }: Uncommitted): string | null {
  const [first, ...more] = paths
  if (first === undefined) return isStaged ? 'What is staged is not committed, and is not judged.' : null
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  return `Uncommitted files are not judged: ${visible(first)}${others}.`
}

/** Of a linked work tree `.git` is a file that names it. https://git-scm.com/docs/gitrepository-layout */
function gitFolder(root: string): string | null {
  const path = join(root, '.git')
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFile() !== true) return stat?.isDirectory() === true ? path : null
  const [, named] = /^gitdir: (.+)\n?$/.exec(readFileSync(path, 'utf8')) ?? []
  return named === undefined ? null : resolve(root, named)
}

const submodule = 0o160000
const symlink = 0o120000

function isChanged(root: string, entry: IndexEntry): boolean {
  const type = entry.mode & 0o170000
  if (entry.isSkipped || type === submodule || type === 0o040000) return false
  const path = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(entry.path, 'latin1')])
  const stat = lstatSync(path, { throwIfNoEntry: false, bigint: true })
  if (stat === undefined || !(type === symlink ? stat.isSymbolicLink() : stat.isFile())) return true
  if (Number(stat.size % 2n ** 32n) !== entry.size) return true
  const { seconds, nanoseconds } = entry.mtime
  const isSame =
    stat.mtimeNs / 10n ** 9n === BigInt(seconds) && stat.mtimeNs % 10n ** 9n === BigInt(nanoseconds)
  return !isSame && blobId(path, type === symlink) !== entry.oid
}

/** Null where it may not be read: then nobody can tell that it is the same. */
function blobId(path: Buffer, isLink: boolean): string | null {
  try {
    const content = isLink ? readlinkSync(path, 'buffer') : readFileSync(path)
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return null
    throw error
  }
}

function readIfThere(path: string): Buffer | null {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : null
}
