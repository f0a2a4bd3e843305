import { appendFile } from 'node:fs/promises'
import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

import type { FileContent } from './fast-import.ts'
import { gitText, git } from './git.ts'

/** As GitHub lets anyone fetch: any commit by its id. Housekeeping would run beside the tests. */
const settings = `[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[http]
	receivepack = false
[gc]
	auto = 0
[core]
	logAllRefUpdates = false
`

/** Makes an empty bare repository in a folder that does not exist yet. */
export async function createBare(
  directory: string,
  { branch, objectFormat }: { branch: string; objectFormat: 'sha1' | 'sha256' },
): Promise<void> {
  const args = [
    'init',
    '--bare',
    '--quiet',
    '--template=',
    '-b',
    branch,
    `--object-format=${objectFormat}`,
    directory,
  ]
  await git(dirname(directory), args)
  await appendFile(join(directory, 'config'), settings)
}

/** Copies a repository, bare or not, with all its branches. Objects are shared with the original by hard links. */
export async function copyBare(source: string, directory: string): Promise<void> {
  await git(dirname(directory), ['clone', '--bare', '--quiet', '--template=', source, directory])
  await appendFile(join(directory, 'config'), settings)
}

/** Branch -> commit, and the branch that HEAD names. */
export async function readBranches(
  directory: string,
): Promise<{ branches: Map<string, string>; head: string }> {
  const lines = await gitText(directory, [
    'for-each-ref',
    '--format=%(objectname) %(refname:lstrip=2)',
    'refs/heads',
  ])
  const head = await gitText(directory, ['symbolic-ref', '--short', 'HEAD'])
  const branches = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const space = line.indexOf(' ')
      return [line.slice(space + 1), line.slice(0, space)] as const
    })
  return { branches: new Map(branches), head }
}

/** Every file below a folder, without `.git`. Symlinks stay symlinks. */
export async function readFolder(folder: string): Promise<Record<string, FileContent>> {
  const files: Record<string, FileContent> = {}
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries) {
    const place = join(entry.parentPath, entry.name)
    const path = relative(folder, place)
    if (path === '.git' || path.startsWith('.git/') || entry.isDirectory()) continue
    files[path] = entry.isSymbolicLink()
      ? { mode: '120000', content: await readlink(place) }
      : await readOne(place)
  }
  return files
}

async function readOne(place: string): Promise<FileContent> {
  const [content, { mode }] = await Promise.all([readFile(place), stat(place)])
  return (mode & 0o100) === 0 ? content : { mode: '100755', content }
}
