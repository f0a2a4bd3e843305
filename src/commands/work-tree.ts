import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

import type { AddedBlob } from '../model/change.ts'
import type { Skip } from '../model/skip.ts'
import type { Repository } from '../ports/git.ts'
import { UserError } from '../std/user-error.ts'

/** Files as they lie below a root, ignored ones too. */
export interface WorkTree {
  readonly root: string
  readonly files: readonly AddedBlob[]
  /** Links, and what cannot be read. */
  readonly skips: readonly Skip[]
  /** Reads the files; `oid` is the path, because nothing else names a file that is not in git. */
  readonly source: Pick<Repository, 'blobs'>
}

/** Lists every regular file of the given paths, without `.git/`. Throws `UserError` for a path that is not there. */
export function workTree(cwd: string, paths: readonly string[]): WorkTree {
  const starts = (paths.length === 0 ? ['.'] : paths).map((path) => existing(cwd, path))
  const root = rootOf(starts[0] ?? cwd)
  const files: AddedBlob[] = []
  const skips: Skip[] = []
  for (const start of starts) walk(start)
  return { root, files, skips, source: { blobs: (oids) => readAll(root, oids) } }

  function walk(absolute: string): void {
    const stat = lstatSync(absolute)
    const path = relative(root, absolute).split(sep).join('/')
    if (stat.isSymbolicLink()) skips.push({ path, reason: 'a symbolic link is not followed', blocks: false })
    else if (stat.isDirectory()) walkFolder(absolute)
    else if (stat.isFile()) files.push({ oid: path, path, kind: 'file', commit: null, size: stat.size })
  }

  function walkFolder(absolute: string): void {
    for (const name of readdirSync(absolute).toSorted()) if (name !== '.git') walk(join(absolute, name))
  }
}

function existing(cwd: string, path: string): string {
  const absolute = resolve(cwd, path)
  if (statSync(absolute, { throwIfNoEntry: false }) !== undefined) return absolute
  throw new UserError({
    code: 'arguments-invalid',
    message: `There is no ${path}.`,
    remediation: 'Name a file or a folder.',
  })
}

/** The top of the git work tree around a path, else the path itself, or its folder. */
function rootOf(start: string): string {
  const folder = statSync(start).isDirectory() ? start : dirname(start)
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(join(at, '.git'), { throwIfNoEntry: false }) !== undefined) return at
    if (dirname(at) === at) return folder
  }
}

// oxlint-disable-next-line require-await -- the port's answer is asynchronous, because git's is
async function* readAll(root: string, oids: readonly string[]) {
  for (const oid of oids) yield { oid, bytes: readFileSync(join(root, oid)) }
}
