import { git, gitText, GitRefused } from './git.ts'
import type { Repository } from './state.ts'

/** One commit as git has it. */
export interface CommitObject {
  readonly sha: string
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: CommitPerson
  readonly committer: CommitPerson
  readonly message: string
  /** Whether it carries a signature, whoever made that. */
  readonly signature: string | null
}

export interface CommitPerson {
  readonly name: string
  readonly email: string
  readonly date: Date
}

/** Commits that `git rev-list` finds, in its order: newest first unless told otherwise. */
export async function readCommits(directory: string, args: readonly string[]): Promise<CommitObject[]> {
  const ids = await gitText(directory, ['rev-list', ...args])
  if (ids === '') return []
  // Not `rev-list --header`: that leaves out the white space at the end of a line of a message.
  return parseCommits(await git(directory, ['cat-file', '--batch'], `${ids}\n`))
}

/** `git cat-file --batch`: for each object `ID commit SIZE`, its bytes, and a line's end. */
function parseCommits(output: Buffer): CommitObject[] {
  const commits: CommitObject[] = []
  for (let at = 0; at < output.length;) {
    const start = output.indexOf('\n', at) + 1
    const [sha = '', , size = ''] = output.toString('latin1', at, start - 1).split(' ')
    const end = start + Number(size)
    commits.push(parseCommit(sha, output.toString('utf8', start, end)))
    at = end + 1
  }
  return commits
}

/** The commit that a branch, a tag or an id names; null if none. Commits never change, so each is read once. */
export async function findCommit(repository: Repository, revision: string): Promise<CommitObject | null> {
  const { branches, commits, gitDirectory } = repository
  const known = commits.get(branches.get(revision) ?? revision)
  if (known !== undefined) return known
  try {
    const [found] = await readCommits(gitDirectory, ['--no-walk', '--end-of-options', `${revision}^{commit}`])
    if (found !== undefined) commits.set(found.sha, found)
    return found ?? null
  } catch (error) {
    if (error instanceof GitRefused) return null
    throw error
  }
}

/** The headers, an empty line, the message. */
function parseCommit(sha: string, text: string): CommitObject {
  const end = text.indexOf('\n\n')
  const headers = text.slice(0, end === -1 ? undefined : end).split('\n')
  const valueOf = (name: string) =>
    headers.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1)
  const message = end === -1 ? '' : text.slice(end + 2)
  return {
    sha,
    tree: valueOf('tree') ?? '',
    parents: headers.filter((line) => line.startsWith('parent ')).map((line) => line.slice('parent '.length)),
    author: parsePerson(valueOf('author') ?? ''),
    committer: parsePerson(valueOf('committer') ?? ''),
    message: message.replace(/\n$/, ''),
    signature: valueOf('gpgsig') ?? null,
  }
}

function parsePerson(text: string): CommitPerson {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<(.*)> (\d+) /.exec(text) ?? []
  return { name, email, date: new Date(Number(seconds) * 1000) }
}

/** Whether every commit of `ancestor` is also in `descendant`. */
export async function isAncestor(directory: string, ancestor: string, descendant: string): Promise<boolean> {
  try {
    await git(directory, ['merge-base', '--is-ancestor', ancestor, descendant])
    return true
  } catch (error) {
    if (error instanceof GitRefused && error.exitCode === 1) return false
    throw error
  }
}
