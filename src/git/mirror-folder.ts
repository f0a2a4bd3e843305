import { readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

import { type Git, isErrno } from './git.ts'

/** Makes an empty mirror where there is none. Whole at once, so that a crash leaves no half of one. */
export async function create(git: Git, gitDir: string): Promise<void> {
  if (await exists(join(gitDir, 'HEAD'))) return
  const fresh = `${gitDir}.new`
  await remove(fresh)
  await remove(gitDir)
  const options = ['--bare', '--quiet', '--template=', '--object-format=sha1', '--initial-branch=main']
  await git.run({ args: ['init', ...options, '--end-of-options', fresh] })
  await rename(fresh, gitDir)
}

export function remove(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** Removes what a killed git left behind. Only while none works in this folder. */
export async function removeLeftovers(gitDir: string): Promise<void> {
  for (const path of await readdir(gitDir, { recursive: true }))
    if (/\.lock$|(?:^|\/)\.?tmp[-_][^/]*$|\.keep$/.test(path))
      await rm(join(gitDir, path), { force: true, recursive: true })
}

/** Bytes of all files in a folder; 0 where there is none. */
export async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const path of await filesOf(folder)) bytes += await sizeOfFile(join(folder, path))
  return bytes
}

export async function packsOf(gitDir: string): Promise<number> {
  return (await filesOf(join(gitDir, 'objects/pack'))).filter((file) => file.endsWith('.pack')).length
}

/** Marks a mirror as used now, for the next start of the server too. */
export async function touch(gitDir: string, at: Date): Promise<void> {
  await utimes(join(gitDir, 'HEAD'), at, at)
}

/** When a mirror was last used, milliseconds since 1970; 0 where nobody knows. */
export async function usedAt(gitDir: string): Promise<number> {
  const found = await unlessGone(stat(join(gitDir, 'HEAD')))
  return found?.mtimeMs ?? 0
}

/** Every mirror of a data directory: `INSTALLATION/REPOSITORY.git`. */
export async function mirrorsOf(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const installation of (await unlessGone(readdir(folder))) ?? [])
    for (const name of (await unlessGone(readdir(join(folder, installation)))) ?? [])
      if (name.endsWith('.git')) found.push(join(folder, installation, name))
  return found
}

/**
 * Kills every git that works in a mirror of this data directory and that nobody waits for: a server that was killed
 * leaves its fetches running. Only where the data directory is ours alone, and where /proc tells.
 */
export async function killOrphans(folder: string): Promise<void> {
  for (const pid of (await unlessGone(readdir('/proc'))) ?? []) {
    if (!/^\d+$/.test(pid)) continue
    const command = await unlessGone(readFile(`/proc/${pid}/cmdline`, 'utf8'))
    const isOurs =
      command?.split('\0').some((argument) => argument.startsWith(`--git-dir=${folder}/`)) === true
    if (isOurs) killGroup(Number(pid))
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error
  }
}

async function filesOf(folder: string): Promise<string[]> {
  return (await unlessGone(readdir(folder, { recursive: true }))) ?? []
}

async function sizeOfFile(path: string): Promise<number> {
  return (await unlessGone(stat(path)))?.size ?? 0
}

async function exists(path: string): Promise<boolean> {
  return (await unlessGone(stat(path))) !== null
}

async function unlessGone<Result>(reading: Promise<Result>): Promise<Result | null> {
  try {
    return await reading
  } catch (error) {
    const isGone = ['ENOENT', 'ENOTDIR', 'ESRCH', 'EACCES'].some((code) => isErrno(error, code))
    if (isGone) return null
    throw error
  }
}
