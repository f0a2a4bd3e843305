import type { CatFile } from './cat-file.ts'
import { UnknownCommit } from './git-errors.ts'
import type { Git } from './git.ts'

/** The objects of one repository, and what reads them. */
export interface Objects {
  readonly git: Git
  readonly gitDir: string
  readonly catFile: CatFile
  /** Commits whose parents were left out when the repository was cloned. */
  readonly shallow: () => Promise<ReadonlySet<string>>
}

/** Throws for anything but a full id: it becomes an argument of a command. */
export function fullId(oid: string): string {
  if (!/^[0-9a-f]{40}$/.test(oid)) throw new TypeError('An object is named by its full id.')
  return oid
}

/** Throws {@link UnknownCommit}: what was never fetched is told from what is damaged. */
export async function present({ catFile }: Objects, ...oids: readonly string[]): Promise<void> {
  const infos = await Promise.all(oids.map((oid) => catFile.info(fullId(oid))))
  for (const [index, oid] of oids.entries()) if (infos[index]?.type !== 'commit') throw new UnknownCommit(oid)
}

/** Null where the two share no history. */
export async function mergeBase(
  { git, gitDir }: Objects,
  one: string,
  other: string,
): Promise<string | null> {
  const args = ['merge-base', '--end-of-options', fullId(one), fullId(other)]
  const base = await git.line({ gitDir, args, codes: [0, 1], maxBytes: 1000 })
  return base === '' ? null : fullId(base)
}
