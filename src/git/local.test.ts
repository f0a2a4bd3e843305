import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { NotAFile } from '../ports/git.ts'
import { GitRepository } from '../testing/git-repository.ts'
import { Git } from './git.ts'
import { openLocal } from './local.ts'

const git = new Git({ path: process.env['PATH'] ?? '' })
const limits = { commits: 100, files: 100 }
let root: string
let repo: GitRepository

function ordinary(...args: string[]): void {
  execFileSync('git', args, {
    cwd: repo.folder,
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', HOME: root },
    stdio: 'ignore',
  })
}

describe('a local repository', () => {
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-local-')))
    repo = new GitRepository({ folder: join(root, 'repo') })
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('is found from a folder below its top', async () => {
    repo.ref('refs/heads/main', repo.commit({ files: { 'a/b': '1' } }))
    mkdirSync(join(repo.folder, 'a/c'), { recursive: true })

    const local = await openLocal(join(repo.folder, 'a/c'), git)

    assert.equal(local.root, repo.folder)
    assert.ok(await local.resolve('main'))
    await local.close()
  })

  it('is found from a linked work tree', async () => {
    const head = repo.commit({ files: { a: '1' } })
    repo.ref('refs/heads/main', head)
    ordinary('worktree', 'add', '--detach', join(root, 'linked'), 'main')

    const local = await openLocal(join(root, 'linked'), git)

    assert.equal(local.root, join(root, 'linked'))
    assert.equal(await local.resolve('HEAD'), head)
    await local.close()
  })

  it('reads objects that another repository lends', async () => {
    const lender = new GitRepository({ folder: join(root, 'lender') })
    const head = lender.commit({ files: { a: '1' } })
    repo.write('objects/info/alternates', `${lender.gitDir}/objects\n`)

    const local = await openLocal(repo.folder, git)

    assert.equal((await local.change({ base: null, head }, limits)).blobs.length, 1)
    await local.close()
  })

  it('resolves what names a commit, and null for the rest', async () => {
    const first = repo.commit({ files: { a: '1' } })
    const head = repo.commit({ files: { a: '2' }, parents: [first] })
    repo.ref('refs/heads/main', head)
    repo.ref('refs/tags/v1', repo.object('tag', `object ${first}\ntype commit\ntag v1\n\nx\n`))
    const local = await openLocal(repo.folder, git)
    const names = [
      'main',
      'HEAD',
      'HEAD~1',
      'v1',
      head,
      'nope',
      '',
      'main:a',
      '--all',
      'a\nmain',
      '\0',
      '1'.repeat(40),
    ]

    const resolved = await Promise.all(names.map((name) => local.resolve(name)))

    assert.deepEqual(resolved, [head, head, first, first, head, null, null, null, null, null, null, null])
    await local.close()
  })

  for (const [name, path, text] of [
    ['a file', 'a/b', 'x'],
    ['a program', 'run', '!'],
    ['a name with a newline', 'new\nline', 'n'],
    ['a name that is no UTF-8', 'caf\uFFFDe9', 'l'],
    ['no folder', 'a', null],
    ['no symlink', 'link', NotAFile],
    ['nothing through a symlink', 'link/b', NotAFile],
    ['no submodule', 'sub', NotAFile],
    ['nothing below a file', 'a/b/c', null],
    ['nothing that is not there', 'nope', null],
    ['nothing above', '../x', null],
    ['nothing for an empty name', '', null],
    ['nothing for a path that cannot be', 'a\uFFFD', null],
  ] as const) {
    it(`reads as a file ${name}`, async () => {
      const { oid } = { oid: repo.object('blob', 'l') }
      const folder = repo.tree({ b: 'x' })
      const entries = [
        { mode: '40000', name: 'a', oid: folder },
        { mode: '100644', name: 'caf\xe9', oid },
        { mode: '120000', name: 'link', oid: repo.object('blob', 'a') },
        { mode: '100644', name: 'new\nline', oid: repo.object('blob', 'n') },
        { mode: '100755', name: 'run', oid: repo.object('blob', '!') },
        { mode: '160000', name: 'sub', oid: '1'.repeat(40) },
      ]
      const head = repo.commit({ tree: repo.rawTree(entries) })
      const local = await openLocal(repo.folder, git)

      if (text === NotAFile) await assert.rejects(local.file(head, path, 10), NotAFile)
      else {
        const found = await local.file(head, path, 10)

        assert.equal(found === null ? null : Buffer.from(found.bytes).toString(), text)
      }
      await local.close()
    })
  }

  it('does not read a file that is too large', async () => {
    const head = repo.commit({ files: { a: 'x'.repeat(11) } })
    const local = await openLocal(repo.folder, git)

    await assert.rejects(local.file(head, 'a', 10), { name: 'LimitReached', message: /"a" has 11 bytes/ })
    await local.close()
  })

  it('gives each blob once, in the order asked for, whatever the size', async () => {
    const sizes = [1, 5_000_000, 0, 3_000_000, 3_000_000 - 1, 7]
    const oids = sizes.map((size) => repo.object('blob', Buffer.alloc(size, 0x0a)))
    const local = await openLocal(repo.folder, git)

    const read: [string, number][] = []
    for await (const { oid, bytes } of local.blobs([...oids, ...oids])) {
      read.push([oid, bytes.length])
      // Who reads may ask for something else meanwhile.
      assert.equal(await local.resolve('nope'), null)
    }

    assert.deepEqual(
      read,
      oids.map((oid, at) => [oid, sizes[at]]),
    )
    await local.close()
  })

  for (const [name, cut] of [
    ['in the range', (first: string, second: string) => [first, second]],
    ['at its head', (_first: string, _second: string, head: string) => [head]],
  ] as const) {
    it(`refuses a range whose history is cut off ${name}`, async () => {
      const first = repo.commit({ files: { a: '1' } })
      const second = repo.commit({ files: { a: '2' }, parents: [first] })
      const head = repo.commit({ files: { a: '3' }, parents: [second] })
      repo.write(
        'shallow',
        cut(first, second, head)
          .map((oid) => `${oid}\n`)
          .join(''),
      )
      const local = await openLocal(repo.folder, git)

      await assert.rejects(local.change({ base: first, head }, limits), {
        code: 'repository-incomplete',
        message: /git fetch --unshallow/,
      })
      await local.close()
    })
  }

  it('refuses all of a history that is cut off', async () => {
    const first = repo.commit({ files: { a: '1' } })
    repo.write('shallow', `${first}\n`)
    const local = await openLocal(repo.folder, git)

    await assert.rejects(local.change({ base: null, head: first }, limits), { code: 'repository-incomplete' })
    await local.close()
  })

  it('takes a range above where the history is cut off', async () => {
    const first = repo.commit({ files: { a: '1' } })
    const head = repo.commit({ files: { a: '2' }, parents: [first] })
    repo.write('shallow', `${first}\n`)
    const local = await openLocal(repo.folder, git)

    assert.equal((await local.change({ base: first, head }, limits)).commits.length, 1)
    await local.close()
  })

  it('ignores a work tree that its configuration names', async () => {
    repo.write('config', '[core]\n\tworktree = /\n')

    const local = await openLocal(repo.folder, git)

    assert.equal(local.root, repo.folder)
    await local.close()
  })

  it('is not there in a folder without one, nor in a file, nor nowhere', async () => {
    writeFileSync(join(root, 'file'), '')
    for (const folder of [root, join(root, 'file'), join(root, 'nowhere')])
      await assert.rejects(openLocal(folder, git), { code: 'repository-missing' })
  })

  it('is refused by name where its ids are SHA-256', async () => {
    mkdirSync(join(root, 'new'))
    execFileSync('git', ['init', '-q', '--object-format=sha256', join(root, 'new')])

    await assert.rejects(openLocal(join(root, 'new'), git), {
      code: 'repository-unsupported',
      message: /sha256/,
    })
  })
})
