import { git } from './git.ts'

/** What a path holds: a file, or with a mode an executable, a symlink (its target) or a submodule (its commit). */
export type FileContent =
  | string
  | Uint8Array
  | { readonly mode: '100644' | '100755' | '120000' | '160000'; readonly content: string | Uint8Array }

/** Path -> its new content, or null to remove it. */
export type FileChanges = Readonly<Record<string, FileContent | null>>

export interface Person {
  readonly name: string
  readonly email: string
}

export interface NewCommit {
  /** Without `refs/heads/`. It is moved to the new commit, forwards or not. */
  readonly branch: string
  /** Commits; the tree is that of the first one with `changes` made to it. None for a root commit. */
  readonly parents: readonly string[]
  readonly changes: FileChanges
  readonly author: Person
  readonly committer?: Person
  readonly message: string
  readonly at: Date
}

/** Makes a commit with one `git fast-import`, also one of 10,000 files. Returns its id. */
export async function fastImport(directory: string, commit: NewCommit): Promise<string> {
  const [first, ...others] = commit.parents
  const parts: (string | Uint8Array)[] = [
    // A branch that exists would be taken as the parent of a commit without `from`.
    ...(first === undefined ? [`reset refs/heads/${commit.branch}\n`] : []),
    `commit refs/heads/${commit.branch}\nmark :1\n`,
    `author ${signature(commit.author, commit.at)}\n`,
    `committer ${signature(commit.committer ?? commit.author, commit.at)}\n`,
    ...data(commit.message),
    ...(first === undefined ? [] : [`from ${first}\n`]),
    ...others.map((parent) => `merge ${parent}\n`),
  ]
  for (const [path, content] of Object.entries(commit.changes)) parts.push(...change(path, content))
  parts.push('get-mark :1\n')
  const input = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
  return (await git(directory, ['fast-import', '--quiet', '--force'], input)).toString().trim()
}

function signature(person: Person, at: Date): string {
  return `${person.name} <${person.email}> ${Math.floor(at.getTime() / 1000)} +0000`
}

function data(content: string | Uint8Array): (string | Uint8Array)[] {
  return [`data ${Buffer.byteLength(content)}\n`, content, '\n']
}

function change(path: string, content: FileContent | null): (string | Uint8Array)[] {
  if (content === null) return [`D ${quoted(path)}\n`]
  if (typeof content === 'string' || content instanceof Uint8Array)
    return [`M 100644 inline ${quoted(path)}\n`, ...data(content)]
  if (content.mode === '160000') return [`M 160000 ${String(content.content)} ${quoted(path)}\n`]
  return [`M ${content.mode} inline ${quoted(path)}\n`, ...data(content.content)]
}

/** As git quotes a path: every byte that is not plain as three octal digits. */
function quoted(path: string): string {
  let text = ''
  for (const byte of Buffer.from(path)) {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
    text += isPlain ? String.fromCodePoint(byte) : `\\${byte.toString(8).padStart(3, '0')}`
  }
  return `"${text}"`
}
