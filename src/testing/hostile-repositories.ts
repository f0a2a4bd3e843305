import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { type FileSpec, GitRepository } from './git-repository.ts'

/** An object that is nowhere. */
export const absent = '4'.repeat(40)

/** What a hostile repository is made of. `$TRAP` is a program that leaves a marker, `$FOLDER` the work tree. */
export interface Hostile {
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
/** The configuration of an embedded bare repository. */
export const bare =
  '[core]\n\tbare = true\n\trepositoryformatversion = 0\n\tfsmonitor = $TRAP\n\tworktree = ..\n'

/** Each springs its trap on whoever opens it without care. */
export const hostileRepositories: readonly Hostile[] = [
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

/** Writes it below `root`, with `trap` in the places of its programs; two commits, of which `main` names the second. */
export function buildHostile(
  one: Hostile,
  root: string,
  trap: string,
): { repo: GitRepository; base: string; head: string } {
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
