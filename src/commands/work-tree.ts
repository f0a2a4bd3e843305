import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

import type { AddedBlob } from '../model/change.ts'
import type { Skip } from '../model/skip.ts'
import type { Repository } from '../ports/git.ts'
import { UserError } from '../std/user-error.ts'

/** Files as they lie below a root, ignored ones too. */
export interface WorkTree {
  readonly root: string
  /** Sorted by path. */
  readonly files: readonly AddedBlob[]
  /** Links, other repositories, and what cannot be read. */
  readonly skips: readonly Skip[]
  /** Reads the files; `oid` is the path, because nothing else names a file that is not in git. */
  readonly source: Pick<Repository, 'blobs'>
}

/** Lists every regular file of the given paths, without `.git/`. Throws `UserError` for a path that cannot be listed. */
export function workTree(cwd: string, paths: readonly string[]): WorkTree {
  const starts = (paths.length === 0 ? ['.'] : paths).map((path) => existing(cwd, path))
  const root = rootOf(starts[0] ?? cwd)
  const found = new Found(root)
  for (const start of starts) {
    if (start !== root && !start.startsWith(root.endsWith(sep) ? root : root + sep))
      throw outside(root, start)
    found.walk(start)
  }
  const files = [...found.files.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1))
  return { root, files, skips: [...found.skips.values()], source: { blobs: (oids) => readAll(root, oids) } }
}

/** The top of the git work tree around a path, else the path itself, or its folder. */
export function rootOf(start: string): string {
  const folder = statSync(start).isDirectory() ? start : dirname(start)
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return folder
  }
}

/** By path, because two of the given paths may hold the same file. */
class Found {
  readonly files = new Map<string, AddedBlob>()
  readonly skips = new Map<string, Skip>()
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  walk(start: string): void {
    const waiting = [start]
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      const path = relative(this.#root, at).split(sep).join('/')
      const stat = lstatSync(at, { throwIfNoEntry: false })
      // It was there a moment ago; a file that comes and goes must not look clean.
      if (stat === undefined) this.#skip(path, 'it cannot be found under this name', true)
      else if (stat.isDirectory()) waiting.push(...this.#entries(at, path))
      else this.#file(at, path, stat)
    }
  }

  #entries(absolute: string, path: string): string[] {
    const names = listed(absolute)
    if (names === null) this.#skip(path, 'the folder cannot be read', true)
    const isOther = path !== '' && names?.includes('.git') === true
    if (isOther)
      this.#skip(path, 'another repository lies here, such as a submodule: scan it by itself', false)
    if (names === null || isOther) return []
    return names.filter((name) => name !== '.git').map((name) => join(absolute, name))
  }

  #file(absolute: string, path: string, stat: Stats): void {
    if (stat.isSymbolicLink()) this.#skip(path, 'a symbolic link is not followed', false)
    else if (!stat.isFile()) this.#skip(path, 'it is no regular file', true)
    else if (!isReadable(absolute)) this.#skip(path, 'the file cannot be read', true)
    else {
      this.files.set(path, { oid: path, path, kind: 'file', commit: null, size: stat.size })
      if (isPointer(absolute, stat.size))
        this.#skip(path, 'a Git LFS pointer: its content lies elsewhere', false)
    }
  }

  #skip(path: string, reason: string, blocks: boolean): void {
    this.skips.set(path, { path, reason, blocks })
  }
}

/** A link that is named by hand is meant to be followed. */
function existing(cwd: string, path: string): string {
  const absolute = resolve(cwd, path)
  if (existsSync(absolute)) return realpathSync(absolute)
  throw new UserError({
    code: 'arguments-invalid',
    message: `There is no ${absolute}.`,
    remediation: 'Name a file or a folder.',
  })
}

function outside(root: string, start: string): UserError {
  return new UserError({
    code: 'arguments-invalid',
    message: `${start} is not below ${root}, the root of the first path.`,
    remediation: 'Scan it by itself.',
  })
}

function listed(folder: string): string[] | null {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK)
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: below 1024 bytes, and begins with its version. */
function isPointer(file: string, size: number): boolean {
  if (size < 100 || size >= 1024) return false
  return readFileSync(file, 'latin1').startsWith('version https://git-lfs.github.com/spec/v1\n')
}

/** What the system says of a file that is there and is not for us, or that went away meanwhile. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['EACCES', 'EPERM', 'ENOENT', 'EIO'].includes(String(error.code))
  )
}

// oxlint-disable-next-line require-await -- the port's answer is asynchronous, because git's is
async function* readAll(root: string, oids: readonly string[]) {
  for (const oid of oids) yield { oid, bytes: readFileSync(join(root, oid)) }
}
