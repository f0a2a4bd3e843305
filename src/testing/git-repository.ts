import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'

/** What a test puts at a path: content of a file, or an entry of any mode. */
export type FileSpec =
  | string
  | Uint8Array
  | { readonly mode: string; readonly content?: string | Uint8Array; readonly oid?: string }

export interface RawEntry {
  /** As in a tree object: `100644`, `40000`. */
  readonly mode: string
  /** Characters are bytes (latin1), so that a test can write any name. */
  readonly name: string
  readonly oid: string
}

export interface CommitSpec {
  readonly files?: Readonly<Record<string, FileSpec>>
  readonly tree?: string
  readonly parents?: readonly string[]
  readonly message?: string
  readonly author?: string
  readonly committer?: string
  /** Header lines after the committer's, each with its `\n`. */
  readonly headers?: string
}

/**
 * A git repository in a temporary folder. It writes objects and refs itself and starts no process: fast, and able to
 * write what git refuses to. Identities and dates are fixed, so that ids are the same in every run.
 */
export class GitRepository {
  readonly folder: string
  readonly gitDir: string
  #seconds = 1_700_000_000

  constructor(options: { readonly folder?: string; readonly isBare?: boolean } = {}) {
    this.folder = options.folder ?? mkdtempSync(join(tmpdir(), 'portcullis-git-'))
    this.gitDir = options.isBare === true ? this.folder : join(this.folder, '.git')
    for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'info'])
      mkdirSync(join(this.gitDir, folder), { recursive: true })
    this.write('HEAD', 'ref: refs/heads/main\n')
    this.write(
      'config',
      `[core]\n\trepositoryformatversion = 0\n\tbare = ${options.isBare === true}\n[uploadpack]\n\tallowAnySHA1InWant = true\n`,
    )
  }

  /** A file of the git folder itself. */
  write(path: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.gitDir, path)), { recursive: true })
    writeFileSync(join(this.gitDir, path), text)
  }

  object(type: 'blob' | 'tree' | 'commit' | 'tag', content: string | Uint8Array): string {
    const body = Buffer.from(content as string)
    const whole = Buffer.concat([Buffer.from(`${type} ${body.length}\0`), body])
    const oid = createHash('sha1').update(whole).digest('hex')
    const path = `objects/${oid.slice(0, 2)}/${oid.slice(2)}`
    if (!existsSync(join(this.gitDir, path))) this.write(path, deflateSync(whole, { level: 1 }))
    return oid
  }

  /** A tree of entries in the order given, well formed or not. */
  rawTree(entries: readonly RawEntry[]): string {
    return this.object(
      'tree',
      Buffer.concat(
        entries.flatMap(({ mode, name, oid }) => [
          Buffer.from(`${mode} ${name}\0`, 'latin1'),
          Buffer.from(oid, 'hex'),
        ]),
      ),
    )
  }

  tree(files: Readonly<Record<string, FileSpec>>): string {
    const folders = new Map<string, Record<string, FileSpec>>()
    const entries: RawEntry[] = []
    for (const [path, spec] of Object.entries(files)) {
      const slash = path.indexOf('/')
      if (slash === -1) entries.push(this.#entry(path, spec))
      else {
        const folder = folders.get(path.slice(0, slash)) ?? {}
        folder[path.slice(slash + 1)] = spec
        folders.set(path.slice(0, slash), folder)
      }
    }
    for (const [name, content] of folders)
      entries.push({ mode: '40000', name: latin1(name), oid: this.tree(content) })
    const key = ({ mode, name }: RawEntry): string => (mode === '40000' ? `${name}/` : name)
    return this.rawTree(entries.toSorted((one, other) => (key(one) < key(other) ? -1 : 1)))
  }

  #entry(name: string, spec: FileSpec): RawEntry {
    if (typeof spec === 'string' || spec instanceof Uint8Array)
      return { mode: '100644', name: latin1(name), oid: this.object('blob', spec) }
    return {
      mode: spec.mode,
      name: latin1(name),
      oid: spec.oid ?? this.object('blob', spec.content ?? ''),
    }
  }

  /** Each commit is a minute later than the one before. */
  commit(spec: CommitSpec): string {
    this.#seconds += 60
    const person = `Ada Lovelace <ada@example.com> ${this.#seconds} +0000`
    const lines = [
      `tree ${spec.tree ?? this.tree(spec.files ?? {})}`,
      ...(spec.parents ?? []).map((parent) => `parent ${parent}`),
      `author ${spec.author ?? person}`,
      `committer ${spec.committer ?? person}`,
    ]
    return this.object(
      'commit',
      Buffer.from(`${lines.join('\n')}\n${spec.headers ?? ''}\n${spec.message ?? 'change\n'}`),
    )
  }

  /** `name` is full: `refs/heads/main`. */
  ref(name: string, oid: string): void {
    this.write(name, `${oid}\n`)
  }

  deleteRef(name: string): void {
    rmSync(join(this.gitDir, name), { force: true })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}
