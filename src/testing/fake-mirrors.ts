import type { Change } from '../model/change.ts'
import { CommitGone } from '../ports/git.ts'
import type { Mirror, Mirrors } from '../ports/git.ts'
import { digest } from '../std/digest.ts'

/** What is on a repository's remote. A test changes it as people would. */
export interface FakeRemote {
  /** Branch -> commit. */
  readonly branches: Map<string, string>
  /** Commit -> the files that it adds on top of the base branch, by path. */
  readonly commits: Map<string, Readonly<Record<string, string>>>
}

/** Mirrors of one remote without git: each commit is one change on top of the base, and nothing else has history. */
export function fakeMirrors(remote: FakeRemote): Mirrors {
  return {
    open: async () => mirrorOf(remote),
    async purge() {},
    async close() {},
  }
}

function mirrorOf({ branches, commits }: FakeRemote): Mirror {
  const filesOf = (commit: string) => commits.get(commit) ?? {}
  return {
    async fetch({ commits: wanted, branches: names }) {
      for (const commit of wanted) if (!commits.has(commit)) throw new CommitGone(`${commit} is gone.`)
      return new Map(names.map((name) => [name, branches.get(name) ?? null]))
    },
    resolve: async (name) => (commits.has(name) ? name : (branches.get(name) ?? null)),
    mergeBase: async (one) => one,
    change: async ({ base, head }) => changeOf({ base, head }, filesOf(head)),
    content: async (_, commit) => (commits.has(commit) ? digest(JSON.stringify(filesOf(commit))) : null),
    async file(commit, path) {
      const text = filesOf(commit)[path]
      return text === undefined ? null : { oid: oidOf(text), bytes: Buffer.from(text) }
    },
    commitsOf: async () => [],
    changedLines: async () => new Map(),
    tips: async () => [...branches.values()],
    async *blobs(oids) {
      const texts = [...commits.values()].flatMap((files) => Object.values(files))
      for (const oid of oids) {
        const text = texts.find((candidate) => oidOf(candidate) === oid)
        if (text !== undefined) yield { oid, bytes: Buffer.from(text) }
      }
    },
    async close() {},
  }
}

function oidOf(text: string): string {
  return digest(text).slice(0, 40)
}

function changeOf(
  { base, head }: { readonly base: string | null; readonly head: string },
  files: Readonly<Record<string, string>>,
): Omit<Change, 'reviewed'> {
  const person = { name: 'Ada', email: 'ada@example.com', at: 0 }
  const entries = Object.entries(files).map(([path, text]) => ({ path, oid: oidOf(text), size: text.length }))
  return {
    base,
    mergeBase: base,
    head,
    trees: { base, head },
    commits: [
      {
        oid: head,
        parents: base === null ? [] : [base],
        tree: head,
        author: person,
        committer: person,
        coAuthors: [],
        message: '',
      },
    ],
    files: entries.map(({ path, oid }) => ({
      path,
      status: 'added',
      base: null,
      head: { oid, kind: 'file' },
    })),
    blobs: entries.map(({ path, oid, size }) => ({ oid, path, kind: 'file', commit: head, size })),
  }
}
