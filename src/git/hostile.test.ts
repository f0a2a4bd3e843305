import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { ObjectsRefused, type Repository } from '../ports/git.ts'
import { Redacted } from '../std/redacted.ts'
import { GitHttp } from '../testing/git-http.ts'
import { type FileSpec, GitRepository } from '../testing/git-repository.ts'
import { Git } from './git.ts'
import { openLocal } from './local.ts'
import { DiskMirrors } from './mirrors.ts'

const limits = { commits: 1000, files: 50_000 }
const absent = '4'.repeat(40)

/** What a hostile repository is made of. `$TRAP` is a program that leaves a marker, `$FOLDER` the work tree. */
interface Hostile {
  readonly name: string
  readonly config?: string
  /** Below `.git/`. */
  readonly gitFiles?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, FileSpec>>
  readonly tree?: (repo: GitRepository) => string
  readonly headers?: string
  /** An ordinary git command that springs the trap: proof that it would work. */
  readonly plain?: readonly string[]
  /** git itself refuses to fetch it. */
  readonly isRefused?: true
}

const hooks = [
  'post-checkout',
  'post-index-change',
  'pre-auto-gc',
  'reference-transaction',
  'post-merge',
  'proc-receive',
]
const bare = '[core]\n\tbare = true\n\trepositoryformatversion = 0\n\tfsmonitor = $TRAP\n\tworktree = ..\n'

const hostile: readonly Hostile[] = [
  { name: 'fsmonitor', config: '[core]\n\tfsmonitor = $TRAP\n', plain: ['status'] },
  {
    name: 'textconv and an external diff',
    config: '[diff "x"]\n\ttextconv = $TRAP\n\tcommand = $TRAP\n[diff]\n\texternal = $TRAP\n',
    files: { '.gitattributes': '* diff=x\n' },
    plain: ['diff', 'HEAD~1', 'HEAD'],
  },
  {
    name: 'filters',
    config: '[filter "x"]\n\tclean = $TRAP\n\tsmudge = $TRAP\n\trequired\n[filter "y"]\n\tprocess = $TRAP\n',
    gitFiles: { 'info/attributes': '* filter=x\n' },
    files: { '.gitattributes': '* filter=x\na filter=y\n' },
    plain: ['checkout', '-f', 'main'],
  },
  {
    name: 'hooks',
    config: '[core]\n\thooksPath = $FOLDER/.git/traps\n[transfer]\n\tbundleURI = true\n',
    gitFiles: Object.fromEntries(
      hooks.flatMap((hook) => [
        [`hooks/${hook}`, '#!/bin/sh\n$TRAP\n'],
        [`traps/${hook}`, '#!/bin/sh\n$TRAP\n'],
      ]),
    ),
    plain: ['checkout', '-f', 'main'],
  },
  {
    name: 'gpg.program',
    config: '[gpg]\n\tprogram = $TRAP\n[gpg "ssh"]\n\tprogram = $TRAP\n[log]\n\tshowSignature = true\n',
    headers: 'gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n',
    plain: ['log', '--format=%G?'],
  },
  {
    name: 'sshCommand, credential helpers and a proxy',
    config:
      '[core]\n\tsshCommand = $TRAP\n\taskPass = $TRAP\n\tgitProxy = $TRAP\n[credential]\n\thelper = !$TRAP\n[remote "origin"]\n\turl = ssh://127.0.0.1/x\n\tuploadpack = $TRAP\n',
    plain: ['fetch', 'origin'],
  },
  {
    name: 'a pager, an editor and aliases',
    config:
      '[core]\n\tpager = $TRAP\n\teditor = $TRAP\n[pager]\n\tcat-file = $TRAP\n\trev-list = $TRAP\n\tdiff-tree = $TRAP\n[alias]\n\tcat-file = !$TRAP\n\ttrap = !$TRAP\n',
    plain: ['trap'],
  },
  {
    name: 'a partial clone whose missing objects a program brings',
    config:
      '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ext::$TRAP\n\tpromisor = true\n[protocol]\n\tallow = always\n[protocol "ext"]\n\tallow = always\n',
    plain: ['cat-file', '-e', absent],
  },
  {
    name: 'an included configuration',
    config: '[include]\n\tpath = traps\n',
    gitFiles: { traps: '[core]\n\tfsmonitor = $TRAP\n' },
    plain: ['status'],
  },
  {
    name: 'a work tree elsewhere',
    config: '[core]\n\tworktree = /\n\tfsmonitor = $TRAP\n',
    gitFiles: { 'objects/info/alternates': '/\n../../../..\n' },
  },
  {
    name: 'an embedded bare repository',
    files: {
      'bare/HEAD': 'ref: refs/heads/main\n',
      'bare/config': bare,
      'bare/objects/x': '',
      'bare/refs/x': '',
    },
  },
  {
    name: 'paths that leave the tree',
    tree: (repo) => {
      const oid = repo.object('blob', 'x')
      const folder = repo.tree({ x: 'x' })
      const file = (name: string) => ({ mode: '100644', name, oid })
      return repo.rawTree([
        { mode: '40000', name: '..', oid: folder },
        file('../escaped'),
        { mode: '40000', name: '.GIT', oid: folder },
        { mode: '40000', name: '.git', oid: folder },
        file('/etc/escaped'),
        file('C:\\escaped'),
        file('git~1'),
      ])
    },
    isRefused: true,
  },
  {
    name: 'symlinks out of the tree',
    files: {
      '.github': { mode: '120000', content: '/etc' },
      passwd: { mode: '120000', content: '../../../../../../etc/passwd' },
      self: { mode: '120000', content: 'self' },
    },
  },
  {
    name: 'a carriage return in the path of a submodule',
    files: {
      '.gitmodules': '[submodule "x"]\n\tpath = "sub\r"\n\turl = https://127.0.0.1/x\n',
      'sub\r': { mode: '160000', oid: absent },
      sub: { mode: '120000', content: '.git/modules/x/hooks' },
    },
  },
  {
    name: 'a huge and deep tree',
    tree: (repo) => {
      const oid = repo.object('blob', 'x')
      let deep = repo.tree({ x: 'x' })
      for (let at = 0; at < 500; at++)
        deep = repo.rawTree([{ mode: '40000', name: 'd'.repeat(100), oid: deep }])
      const wide = Array.from({ length: 20_000 }, (_, at) => ({
        mode: '100644',
        name: `f${String(at).padStart(6, '0')}`,
        oid,
      }))
      return repo.rawTree([{ mode: '40000', name: 'd', oid: deep }, ...wide])
    },
  },
  {
    name: 'odd encodings',
    config:
      '[i18n]\n\tlogOutputEncoding = UTF-16\n\tcommitEncoding = UTF-16\n[core]\n\tquotePath = false\n\tprecomposeUnicode = true\n',
    headers: 'encoding UTF-16\n',
    tree: (repo) =>
      repo.rawTree(
        ['\n', '\r', '\x1b[2J', '"', '\\', '\x80', '\xe2\x80\xae', '\xff\xfe'].map((name) => ({
          mode: '100644',
          name,
          oid: repo.object('blob', Buffer.from(name, 'latin1')),
        })),
      ),
  },
]

let root: string
let trap: string
let marker: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-hostile-'))
  trap = join(root, 'trap')
  marker = join(root, 'marker')
  writeFileSync(trap, `#!/bin/sh\necho sprung >> ${marker}\nexit 1\n`)
  chmodSync(trap, 0o755)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('a hostile repository', () => {
  for (const one of hostile) {
    it(`runs nothing of ours and writes nothing: ${one.name}`, async () => {
      const { repo, base, head } = build(one)
      const git = new Git({ path: process.env['PATH'] ?? '' })
      const before = snapshot()

      const local = await openLocal(repo.folder, git)
      await everything(local, base, head)
      await local.close()

      assert.ok(!existsSync(marker))
      assert.deepEqual(snapshot(), before)
    })

    it(`runs nothing of ours in a mirror: ${one.name}`, async () => {
      const { base, head } = build(one)
      const git = new Git({ path: process.env['PATH'] ?? '' })
      const http = new GitHttp(root)
      const url = `${await http.start()}/hostile/.git`
      const mirrors = new DiskMirrors({
        folder: join(root, 'mirrors'),
        git,
        maxBytes: 1e9,
        log: { ...console, child: () => never() },
      })
      const before = snapshot()

      const mirror = await mirrors.open(
        { installation: 1, repository: 2, url },
        async () => new Redacted('x'),
      )
      const fetched = mirror.fetch({ commits: [base, head], branches: ['main'] })
      if (one.isRefused === true) await assert.rejects(fetched, ObjectsRefused)
      else await fetched.then(() => everything(mirror, base, head))
      await mirrors.close()
      await http.stop()

      assert.ok(!existsSync(marker))
      assert.deepEqual(snapshot(), before)
    })

    if (one.plain !== undefined) {
      const command = one.plain
      it(`would run something under an ordinary git ${command[0]}: ${one.name}`, () => {
        const { repo } = build(one)

        spawnSync('git', command, {
          cwd: repo.folder,
          env: { PATH: process.env['PATH'], HOME: root },
          stdio: 'ignore',
        })

        assert.ok(existsSync(marker))
      })
    }
  }

  it('is not taken for one where it lies in a work tree, bare', async () => {
    const { repo } = build({ name: 'embedded' })
    const inner = new GitRepository({ folder: join(repo.folder, 'bare'), isBare: true })
    inner.write('config', bare.replaceAll('$TRAP', trap))

    await assert.rejects(openLocal(inner.folder, new Git({ path: process.env['PATH'] ?? '' })), {
      code: 'repository-missing',
    })
    assert.ok(!existsSync(marker))
  })
})

function build(one: Hostile): { repo: GitRepository; base: string; head: string } {
  const repo = new GitRepository({ folder: join(root, 'hostile') })
  const base = repo.commit({ files: { a: '0' } })
  const files = { a: '1', ...one.files }
  const tree = one.tree?.(repo) ?? repo.tree(files)
  const head = repo.commit({ tree, parents: [base], headers: one.headers ?? '' })
  repo.ref('refs/heads/main', head)
  const filled = (text: string): string => text.replaceAll('$TRAP', trap).replaceAll('$FOLDER', repo.folder)
  const config = readFileSync(join(repo.gitDir, 'config'), 'utf8')
  repo.write('config', config + filled(one.config ?? ''))
  for (const [path, text] of Object.entries(one.gitFiles ?? {})) {
    repo.write(path, filled(text))
    chmodSync(join(repo.gitDir, path), 0o755)
  }
  return { repo, base, head }
}

/** Every operation of the port. */
async function everything(repository: Repository, base: string, head: string): Promise<void> {
  for (const name of ['main', 'HEAD', head, 'nope', 'main:a', '-x', '']) await repository.resolve(name)
  await repository.mergeBase(base, head)
  await repository.content(base, head)
  await repository.content(base, absent)
  const change = await repository.change({ base, head }, limits)
  await repository.change({ base: null, head }, limits)
  for (const { path } of change.files.slice(0, 20)) await repository.file(head, path, 1e6)
  await repository.file(head, '.github/portcullis.yml', 1e6)
  for await (const { bytes } of repository.blobs(change.blobs.map(({ oid }) => oid))) assert.ok(bytes)
  await repository.file(head, absent, 1)
  await assert.rejects(async () => {
    for await (const { oid } of repository.blobs([absent])) assert.ok(oid)
  })
}

/** All that lies outside the mirrors, with size, kind and time. */
function snapshot(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('mirrors'))
    .map((path) => join(root, path))
    .map((path) => `${path} ${lstatSync(path).mode} ${lstatSync(path).size} ${lstatSync(path).mtimeMs}`)
    .toSorted()
}

function never(): never {
  throw new Error('nothing is logged here')
}
