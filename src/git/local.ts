import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import type { Repository } from '../ports/git.ts'
import { UserError } from '../std/user-error.ts'
import { CatFile } from './cat-file.ts'
import { GitFailed, MissingObject } from './git-errors.ts'
import { type Git, isErrno } from './git.ts'
import { reader } from './repository.ts'

export interface LocalRepository extends Repository {
  /** The top of the work tree that holds the folder, as the file system has it. */
  readonly root: string
}

/**
 * The repository that holds a folder, for the command line: a linked work tree and a subfolder too, never a bare one that
 * lies in a work tree. Throws a UserError where there is none, and for SHA-256 object ids.
 */
export async function openLocal(folder: string, git: Git): Promise<LocalRepository> {
  const { gitDir, commonDir, format } = await discover(resolve(folder), git)
  if (format !== 'sha1') throw unsupported(format)
  const catFile = new CatFile(git, gitDir)
  const shallow = (): Promise<ReadonlySet<string>> => shallowCommits(commonDir)
  const repository = reader({ git, gitDir, catFile, shallow }, (name) => name)
  return {
    ...repository,
    root: rootOf(resolve(folder)),
    change: (range, limits) => explained(repository.change(range, limits)),
    file: (commit, path, maxBytes) => explained(repository.file(commit, path, maxBytes)),
    async *blobs(oids) {
      const all = repository.blobs(oids)[Symbol.asyncIterator]()
      for (let next = await explained(all.next()); next.done !== true; next = await explained(all.next()))
        yield next.value
    },
    close: () => catFile.close(),
  }
}

/** A repository whose ids are not SHA-1: by its name, because everything that keeps an id would have to know both. */
export function unsupported(format: string): UserError {
  return new UserError({
    code: 'repository-unsupported',
    message: `The repository has ${format} object ids.`,
    remediation: 'Use a repository with SHA-1 object ids, which is all that GitHub hosts.',
  })
}

async function discover(
  folder: string,
  git: Git,
): Promise<{ readonly gitDir: string; readonly commonDir: string; readonly format: string }> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return false
      throw error
    },
  )
  if (!isFolder) throw missing(folder, null)
  const options = ['--path-format=absolute', '--show-object-format', '--git-dir', '--git-common-dir']
  try {
    const [format = '', gitDir, commonDir, ...rest] = (
      await git.line({ cwd: folder, args: ['rev-parse', ...options], maxBytes: 100_000 })
    ).split('\n')
    if (gitDir === undefined || commonDir === undefined || rest.length > 0)
      throw new UserError({
        code: 'repository-unsupported',
        message: 'The path of the repository holds a newline.',
        remediation: 'Move it elsewhere.',
      })
    return { gitDir, commonDir, format }
  } catch (error) {
    if (error instanceof GitFailed) throw missing(folder, error)
    throw error
  }
}

/** Looked for as git does, and not asked of git: core.worktree of the repository could name any folder. */
function rootOf(folder: string): string {
  if (existsSync(join(folder, '.git'))) return folder
  const parent = dirname(folder)
  return parent === folder ? folder : rootOf(parent)
}

/** https://git-scm.com/docs/gitrepository-layout: `shallow`, an id a line. */
async function shallowCommits(commonDir: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(
      (await readFile(join(commonDir, 'shallow'), 'latin1')).split('\n').filter((line) => line !== ''),
    )
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return new Set()
    throw error
  }
}

/** Here an object that is missing is no damage of ours: the user's clone left it out. */
async function explained<Result>(reading: Promise<Result>): Promise<Result> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof MissingObject)) throw error
    throw new UserError(
      {
        code: 'repository-incomplete',
        message: error.message,
        remediation: 'Make a full clone: without --filter, and without damage (git fsck).',
      },
      { cause: error },
    )
  }
}

function missing(folder: string, cause: Error | null): UserError {
  return new UserError(
    {
      code: 'repository-missing',
      message: `${JSON.stringify(folder)} is in no git repository that can be read.`,
      remediation: 'Name a folder of a work tree with -C.',
    },
    { cause },
  )
}
