import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { gates } from '../gates/index.ts'
import { crc32Base62 } from '../gates/secrets/evidence/checksum.ts'
import { fakeTokens } from '../testing/fake-token.ts'
import { GitRepository } from '../testing/git-repository.ts'
import { runCommand, verdictOf } from '../testing/run-command.ts'
import { scan } from './scan.ts'

const fake = fakeTokens('scan')
const token = fake.sealed('ghp_', 30, crc32Base62)
const policyPath = '.github/portcullis.yml'

let root: string
/** In each suite of its own: a hook of the file would run for every test of every file. */
function useRoot(): void {
  beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-scan-')))))
  afterEach(() => rmSync(root, { recursive: true }))
}

function write(path: string, content: string | Uint8Array = 'x\n'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const run = (args: readonly string[], cwd = '.') => runCommand(scan(gates), join(root, cwd), args)

async function look(args: readonly string[] = [], cwd = '.') {
  const ran = await run([...args, '-f', 'json'], cwd)
  const verdict = verdictOf(ran)
  return { ...ran, verdict, paths: verdict.findings.map(({ path }) => path), skips: skipsIn(verdict) }
}

function skipsIn({ skips }: ReturnType<typeof verdictOf>) {
  return skips.map(({ path, blocks }) => [path, blocks])
}

describe('scan looks at', () => {
  useRoot()

  it('every regular file, ignored ones too, and not at .git', async () => {
    for (const path of ['.git/config', '.gitignore', 'node_modules/a/.env', 'z', '.hidden/b'])
      write(path, token)

    const { code, verdict } = await look()

    const [finding] = verdict.findings
    assert.equal(code, 1)
    assert.deepEqual(
      [finding?.path, ...(finding?.places ?? []).map(({ path }) => path)],
      ['.gitignore', '.hidden/b', 'node_modules/a/.env', 'z'],
    )
    assert.deepEqual([verdict.subject.kind, verdict.subject.head, verdict.subject.files], ['tree', null, 4])
  })

  it('the paths that it is given, and names them from the top of the work tree', async () => {
    for (const path of ['.git/HEAD', 'apps/a/x', 'apps/b/x', 'c']) write(path, token)

    const { paths, verdict } = await look(['a', 'a/x'], 'apps')

    assert.deepEqual([paths, verdict.subject.files], [['apps/a/x'], 1])
  })

  it('a file alone, whose folder is then the root', async () => {
    write('apps/x', token)

    assert.deepEqual((await look(['apps/x'])).paths, ['x'])
  })

  it('the policy and the baseline at the top, wherever PATH lies', async () => {
    write('.git/HEAD')
    write('apps/old/x', token)
    write('apps/new/x', token)
    write(policyPath, 'version: 1\ngates:\n  secrets:\n    exclude: [apps/old/**]\n')

    const { paths, verdict, skips } = await look(['.'], 'apps')

    assert.deepEqual([paths, verdict.policy.sources.at(-1)], [['apps/new/x'], policyPath])
    assert.deepEqual(skips, [['apps/old/x', false]])
  })

  it('every manifest, as if all of it were new', async () => {
    write(
      'p.yaml',
      'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: p }\nspec:\n  destinations: [{ server: "*", namespace: "*" }]\n',
    )

    const { verdict } = await look(['--gates', 'iac'])

    assert.deepEqual(
      [verdict.findings.map(({ gate }) => gate), verdict.gates[1]?.lookedAt],
      [['iac'], '1 object'],
    )
    assert.equal(verdict.gates[3]?.lookedAt, 'no part of a scan of files')
  })

  it('ten thousand files in one folder', async () => {
    mkdirSync(join(root, 'many'))
    for (let at = 0; at < 10_000; at++) writeFileSync(join(root, 'many', `f${at}`), 'x')
    write('many/f5000', token)

    const { paths, verdict } = await look()

    assert.deepEqual([paths, verdict.subject.files], [['many/f5000'], 10_000])
  })
})

describe('scan names what it does not look at:', () => {
  useRoot()

  it('links, submodules, LFS pointers; they do not block', async () => {
    write('.git/HEAD')
    write('real/x')
    symlinkSync('real', join(root, 'link'))
    symlinkSync('nowhere', join(root, 'dangling'))
    write('module/.git', 'gitdir: ../.git/modules/module\n')
    write('module/secret', token)
    write(
      'image.png',
      `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`,
    )

    const { code, skips, verdict } = await look()

    assert.deepEqual(skips, [
      ['dangling', false],
      ['image.png', false],
      ['link', false],
      ['module', false],
    ])
    assert.deepEqual([code, verdict.gates[0]?.lookedAt], [0, '2 blobs'])
  })

  it('a pipe and a name that is not UTF-8; they block', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')])
    writeFileSync(Buffer.concat([Buffer.from(join(root, 'a')), Buffer.from([0xff])]), token)

    const { code, skips, verdict } = await look(['--gates', 'secrets'])

    assert.deepEqual([code, verdict.outcome], [3, 'error'])
    assert.deepEqual(skips, [
      ['a\ufffd', true],
      ['pipe', true],
    ])
  })

  it('what may not be read; it blocks', async () => {
    write('closed', token)
    write('folder/x', token)
    chmodSync(join(root, 'closed'), 0)
    chmodSync(join(root, 'folder'), 0)

    const { code, skips } = await look(['--gates', 'secrets,iac'])
    chmodSync(join(root, 'folder'), 0o700)

    // The superuser may read everything.
    const isSuperuser = process.getuid?.() === 0
    assert.equal(code, isSuperuser ? 1 : 3)
    const closed = ['secrets', 'iac'].flatMap(() => [
      ['closed', true],
      ['folder', true],
    ])
    assert.deepEqual(skips, isSuperuser ? [] : closed)
  })

  it('a file that is larger than the policy lets it be', async () => {
    write(policyPath, 'version: 1\ngates:\n  secrets:\n    max_blob: 1KiB\n')
    write('large', 'x'.repeat(2000))

    const { code, skips } = await look()

    assert.deepEqual([code, skips], [3, [['large', true]]])
  })
})

describe('scan, of the policy that lies there,', () => {
  useRoot()

  it('says what is wrong with it, as an outcome', async () => {
    write(policyPath, 'version: 1\nmodes: off\n')

    const { code, verdict } = await look()

    assert.deepEqual([code, verdict.outcome, verdict.subject.kind], [3, 'error', 'tree'])
    assert.match(verdict.skips[0]?.reason ?? '', /portcullis\.yml:2:1.*mode/s)
  })

  it('follows no link to it', async () => {
    write('elsewhere.yml', 'version: 1\n')
    mkdirSync(join(root, '.github'))
    symlinkSync('../elsewhere.yml', join(root, policyPath))

    const { code, verdict } = await look()

    assert.equal(code, 3)
    assert.match(verdict.skips[0]?.reason ?? '', /no regular file/)
  })

  it('takes that of --policy before it', async () => {
    write(policyPath, 'broken')
    write('mine.yml', 'version: 1\n')

    const { code, verdict } = await look(['--policy', 'mine.yml'])

    assert.deepEqual([code, verdict.policy.sources.at(-1)], [0, 'mine.yml'])
  })
})

describe('scan of a history', () => {
  useRoot()

  let git: GitRepository
  beforeEach(() => (git = new GitRepository({ folder: root })))

  it('finds what was removed again, in the range that it is given', async () => {
    const first = git.commit({ files: { a: token } })
    const second = git.commit({ files: { a: 'x' }, parents: [first] })
    git.ref('refs/heads/main', second)

    const all = await look(['--history', 'main'])
    const range = await look(['--history', `${first}..main`])

    assert.deepEqual([all.code, all.paths, all.verdict.subject.kind], [1, ['a'], 'history'])
    assert.deepEqual([all.verdict.findings[0]?.commit, all.verdict.subject.commits], [first, 2])
    assert.deepEqual([range.code, range.verdict.subject.base], [0, first])
  })

  it('holds what was there before against it: nothing is a change', async () => {
    const first = git.commit({ files: { a: token } })
    git.ref('refs/heads/main', git.commit({ files: { a: `x ${token}` }, parents: [first] }))

    assert.equal((await look(['--history', `${first}..main`])).code, 1)
  })

  it('looks with --all at every branch and tag', async () => {
    const main = git.commit({ files: { a: 'x' } })
    git.ref('refs/heads/main', main)
    git.ref('refs/heads/topic', git.commit({ files: { b: token }, parents: [main] }))
    const tagged = git.commit({ files: { c: fake.sealed('ghp_', 30, crc32Base62) } })
    const tag = `object ${tagged}\ntype commit\ntag v1\ntagger A <a@example.com> 1 +0000\n\nv1\n`
    git.ref('refs/tags/v1', git.object('tag', tag))
    git.ref('refs/tags/blob', git.object('blob', 'a blob'))

    const { code, paths, verdict } = await look(['--all'])

    assert.deepEqual([code, paths, verdict.subject.commits], [1, ['b', 'c'], 3])
    assert.equal(verdict.gates[1]?.lookedAt, 'no part of a scan of history')
  })

  it('says that nothing was committed yet', async () => {
    const { code, out, err } = await run(['--all'])

    assert.deepEqual([code, out], [2, ''])
    assert.match(err, /Nothing was committed/)
  })
})

describe('scan refuses, with nothing on stdout,', () => {
  useRoot()

  for (const [name, args, message] of [
    ['a path that is not there', ['none'], /There is no .*none\./],
    ['a path outside the root', ['.', '/'], /is not below/],
    ['a history of paths', ['--history', 'HEAD', 'a'], /takes no PATH/],
    ['two histories', ['--history', 'HEAD', '--all'], /exclude each other/],
    ['facts', ['--facts', 'f.json'], /Use portcullis check/],
    ['a history without a repository', ['--all'], /in no git repository/],
  ] as const) {
    it(name, async () => {
      const { code, out, err } = await run(args)

      assert.deepEqual([code, out], [2, ''])
      assert.match(err, message)
    })
  }

  it('nothing of its help', async () => {
    const { code, out } = await run(['--help'])

    assert.deepEqual([code, out.startsWith('portcullis scan [PATH...]\n')], [0, true])
  })
})
