import {
  type BlobFile,
  type ChangeLimits,
  type GitChange,
  LimitReached,
  NotAFile,
  type Repository,
} from '../ports/git.ts'
import { blobs } from './blobs.ts'
import { change, content } from './change.ts'
import { MissingObject } from './git-errors.ts'
import { changedLines, commitsOf, tips } from './history.ts'
import { mergeBase, type Objects, present } from './objects.ts'
import { bytesOf } from './path.ts'
import { entryOf, kindOf } from './tree.ts'

/** How a repository is read once it is found. `nameOf` turns what a caller calls a commit into git's name for it. */
export function reader(objects: Objects, nameOf: (name: string) => string): Omit<Repository, 'close'> {
  return {
    async resolve(name) {
      const info = await objects.catFile.info(`${nameOf(name)}^{commit}`)
      return info?.oid ?? null
    },
    async mergeBase(one, other) {
      await present(objects, one, other)
      return mergeBase(objects, one, other)
    },
    tips: () => tips(objects),
    change: (range, limits: ChangeLimits): Promise<GitChange> => change(objects, range, limits),
    content: (base, commit) => content(objects, base, commit),
    file: (commit, path, maxBytes) => file(objects, { commit, path }, maxBytes),
    commitsOf: (head, path, limit) => commitsOf(objects, head, { path, limit }),
    changedLines: (base, head, paths) => changedLines(objects, { base, head }, paths),
    blobs: (oids) => blobs(objects.catFile, oids),
  }
}

/** Goes down the trees itself: a name in git's own `commit:path` could hold a newline, and does not tell a symlink. */
async function file(
  { catFile }: Objects,
  { commit, path }: { readonly commit: string; readonly path: string },
  maxBytes: number,
): Promise<BlobFile | null> {
  const names = path.split('/').map(bytesOf)
  let tree = `${commit}^{tree}`
  for (const [index, name] of names.entries()) {
    const entry = name === null ? null : entryOf(await catFile.contents(tree, 'tree'), name)
    if (entry === null) return null
    const kind = kindOf(entry.mode)
    if (kind === 'symlink' || kind === 'submodule')
      throw new NotAFile(`${JSON.stringify(path)} is reached by a ${kind}, which is not followed.`)
    const isLast = index === names.length - 1
    if (isLast !== (kind !== null)) return null
    if (isLast) return read({ catFile }, entry.oid, { path, maxBytes })
    tree = entry.oid
  }
  return null
}

async function read(
  { catFile }: Pick<Objects, 'catFile'>,
  oid: string,
  { path, maxBytes }: { readonly path: string; readonly maxBytes: number },
): Promise<BlobFile> {
  const info = await catFile.info(oid)
  if (info?.type !== 'blob') throw new MissingObject(oid)
  if (info.size > maxBytes)
    throw new LimitReached(`${JSON.stringify(path)} has ${info.size} bytes, more than ${maxBytes}.`)
  return { oid, bytes: await catFile.contents(oid, 'blob') }
}
