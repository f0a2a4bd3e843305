import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'

import { LimitReached } from '../ports/git.ts'
import { type FileSpec, GitRepository } from '../testing/git-repository.ts'
import { Git } from './git.ts'
import { openLocal } from './local.ts'

const limits = { commits: 100, files: 100 }
const repo = new GitRepository()
repo.ref('refs/heads/main', repo.commit({ files: {} }))
const git = new Git({ path: process.env['PATH'] ?? '' })
const repository = await openLocal(repo.folder, git)

after(async () => {
  await repository.close()
  repo.remove()
})

function commit(files: Record<string, FileSpec>, ...parents: string[]): string {
  return repo.commit({ files, parents })
}

/** `PATH CONTENT` of each blob of a range, in its order. */
async function added(base: string | null, head: string): Promise<string[]> {
  const { blobs } = await repository.change({ base, head }, limits)
  const texts = new Map<string, string>()
  for await (const { oid, bytes } of repository.blobs(blobs.map(({ oid }) => oid)))
    texts.set(oid, Buffer.from(bytes).toString())
  return blobs.map(({ oid, path }) => `${path} ${texts.get(oid)}`)
}

describe('change', () => {
  it('has the commits over all parents, oldest first, each after its parents', async () => {
    const root = commit({ a: '1' })
    const one = commit({ a: '2' }, root)
    const other = commit({ a: '1', b: '1' }, root)
    const merge = commit({ a: '2', b: '1' }, one, other)
    const head = commit({ a: '3', b: '1' }, merge)

    const change = await repository.change({ base: root, head }, limits)

    assert.deepEqual(
      change.commits.map(({ oid }) => oid),
      [one, other, merge, head],
    )
    assert.deepEqual(change.commits[2]?.parents, [one, other])
    assert.equal(change.mergeBase, root)
    assert.equal(change.trees.head, repo.tree({ a: '3', b: '1' }))
    assert.equal(change.trees.base, repo.tree({ a: '1' }))
  })

  for (const [name, files, expected] of [
    ['its own content', { a: 'ours', b: 'theirs', evil: 'secret' }, ['a ours', 'b theirs', 'evil secret']],
    ['a resolution that neither side has', { a: 'both', b: 'theirs' }, ['a ours', 'b theirs', 'a both']],
    ['nothing that a side has', { a: 'ours', b: 'theirs' }, ['a ours', 'b theirs']],
    [
      'no new mode of what a side has',
      { a: 'ours', b: { mode: '100755', content: 'theirs' } },
      ['a ours', 'b theirs'],
    ],
    [
      'a file that became a link',
      { a: { mode: '120000', content: 'ours' }, b: 'theirs' },
      ['a ours', 'b theirs', 'a ours'],
    ],
    ['a side that was thrown away', { a: 'ours' }, ['a ours', 'b theirs']],
  ] satisfies [string, Record<string, FileSpec>, string[]][]) {
    it(`adds of a merge ${name}`, async () => {
      const root = commit({ a: 'old' })
      const ours = commit({ a: 'ours' }, root)
      const theirs = commit({ a: 'old', b: 'theirs' }, root)

      const blobs = await added(root, commit(files, ours, theirs))

      assert.deepEqual(blobs, expected)
    })
  }

  it('adds of an octopus what none of its parents has', async () => {
    const root = commit({ a: '0' })
    const sides = ['1', '2', '3', '4'].map((text) => commit({ a: '0', [`f${text}`]: text }, root))

    const blobs = await added(root, commit({ a: 'evil', f1: '1', f2: '2', f3: '3', f4: '!' }, ...sides))

    assert.deepEqual(blobs, ['f1 1', 'f2 2', 'f3 3', 'f4 4', 'a evil', 'f4 !'])
  })

  it('has a blob that a later commit removes', async () => {
    const root = commit({ a: '0' })
    const leak = commit({ a: '0', leaked: 'secret' }, root)
    const head = commit({ a: '0' }, leak)

    const change = await repository.change({ base: root, head }, limits)

    assert.deepEqual(change.files, [])
    assert.deepEqual(change.blobs, [
      { oid: repo.object('blob', 'secret'), path: 'leaked', kind: 'file', commit: leak, size: 6 },
    ])
  })

  it('has a second root that is merged in', async () => {
    const root = commit({ a: '0' })
    const foreign = commit({ b: 'foreign' })

    const blobs = await added(root, commit({ a: '0', b: 'foreign' }, root, foreign))

    assert.deepEqual(blobs, ['b foreign'])
  })

  it('takes a rename for an addition at the new path', async () => {
    const root = commit({ 'old/a': 'same' })

    const change = await repository.change({ base: root, head: commit({ 'new/a': 'same' }, root) }, limits)

    assert.deepEqual(
      change.files.map(({ path, status }) => `${path} ${status}`),
      ['new/a added', 'old/a removed'],
    )
    assert.deepEqual(
      change.blobs.map(({ path }) => path),
      ['new/a'],
    )
  })

  it('names one blob at one path once, with the first commit', async () => {
    const root = commit({ a: '0' })
    const first = commit({ a: '1' }, root)
    const second = commit({ a: '0' }, first)
    const head = commit({ a: '1' }, second)

    const { blobs } = await repository.change({ base: root, head }, limits)

    assert.deepEqual(
      blobs.map((blob) => blob.commit),
      [first, second],
    )
  })

  it('has all of history without a base', async () => {
    const root = commit({ a: 'root' })

    assert.deepEqual(await added(null, commit({ a: 'head' }, root)), ['a root', 'a head'])
  })

  it('compares with nothing where no history is shared, as after a branch was begun anew', async () => {
    const change = await repository.change(
      { base: commit({ a: 'old' }), head: commit({ a: 'old', b: 'new' }) },
      limits,
    )

    assert.equal(change.mergeBase, null)
    assert.deepEqual(
      change.files.map(({ path, status }) => `${path} ${status}`),
      ['a added', 'b added'],
    )
  })

  it('compares with the merge base after a force push', async () => {
    const root = commit({ a: '0' })
    const before = commit({ a: '0', gone: '1' }, root)
    const head = commit({ a: '0', come: '1' }, root)

    const change = await repository.change({ base: before, head }, limits)

    assert.equal(change.mergeBase, root)
    assert.deepEqual(
      change.files.map(({ path }) => path),
      ['come'],
    )
  })

  it('is empty from a commit to itself', async () => {
    const root = commit({ a: '0' })

    const change = await repository.change({ base: root, head: root }, limits)

    assert.deepEqual([change.commits, change.files, change.blobs], [[], [], []])
  })

  it('takes the empty tree', async () => {
    const root = commit({ a: '0' })

    const change = await repository.change({ base: root, head: commit({}, root) }, limits)

    assert.deepEqual(
      change.files.map(({ path, status }) => `${path} ${status}`),
      ['a removed'],
    )
  })

  it('tells links, submodules and programs from files, and a new kind', async () => {
    const oid = '1'.repeat(40)
    const root = commit({ kind: 'x', sub: { mode: '160000', oid } })
    const head = commit(
      {
        kind: { mode: '120000', content: 'x' },
        run: { mode: '100755', content: '!' },
        link: { mode: '120000', content: '../../etc/passwd' },
        sub: { mode: '160000', oid: '2'.repeat(40) },
        'mod\r': { mode: '160000', oid },
        lfs: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
      },
      root,
    )

    const change = await repository.change({ base: root, head }, limits)

    assert.deepEqual(
      change.files.map(({ path, base, head }) => [path, base?.kind, head?.kind]),
      [
        ['kind', 'file', 'symlink'],
        ['lfs', undefined, 'file'],
        ['link', undefined, 'symlink'],
        ['mod\r', undefined, 'submodule'],
        ['run', undefined, 'executable'],
        ['sub', 'submodule', 'submodule'],
      ],
    )
    assert.deepEqual(
      change.blobs.map(({ path }) => path),
      ['kind', 'lfs', 'link', 'run'],
    )
  })

  it('shows a submodule that .gitmodules asks to hide', async () => {
    const modules = '[submodule "s"]\n\tpath = s\n\turl = https://example.com/s\n\tignore = all\n'
    const root = commit({ '.gitmodules': modules, s: { mode: '160000', oid: '1'.repeat(40) } })
    const head = commit({ '.gitmodules': modules, s: { mode: '160000', oid: '2'.repeat(40) } }, root)
    repo.write(
      'config',
      '[core]\n\tbare = false\n[submodule "s"]\n\tignore = all\n[diff]\n\tignoreSubmodules = all\n',
    )

    const change = await repository.change({ base: root, head }, limits)

    assert.deepEqual(
      change.files.map(({ path }) => path),
      ['s'],
    )
  })

  it('keeps every name apart, and sorts by bytes', async () => {
    const blob = repo.object('blob', 'x')
    const names = [
      '"q"',
      'a\nb',
      'a\tb',
      'caf\xc3\xa9',
      'caf\xe9',
      "it's",
      '\x7f',
      '\xef\xbf\xbde9',
      '\xff',
    ].toSorted()
    const tree = repo.rawTree(names.map((name) => ({ mode: '100644', name, oid: blob })))
    const root = commit({})

    const { files } = await repository.change(
      { base: root, head: repo.commit({ tree, parents: [root] }) },
      limits,
    )

    const paths = files.map(({ path }) => path)
    const sorted = ['"q"', 'a\tb', 'a\nb', 'café', 'caf�e9', "it's", '\x7f', '�ef�bf�bde9', '�ff']
    assert.deepEqual(
      paths,
      sorted.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
    )
  })

  it('sorts a folder that became a file', async () => {
    const root = commit({ 'a/b': '1', 'a-c': '1' })

    const change = await repository.change({ base: root, head: commit({ a: '1', 'a.d': '1' }, root) }, limits)

    assert.deepEqual(
      change.files.map(({ path }) => path),
      ['a', 'a-c', 'a.d', 'a/b'],
    )
  })

  for (const [name, limit, message] of [
    ['commits', { commits: 1, files: 9 }, /more than 1 commits \(limits\.commits\)/],
    ['files', { commits: 9, files: 1 }, /more than 1 files \(limits\.files\)/],
  ] as const) {
    it(`stops at its limit of ${name}`, async () => {
      const root = commit({})
      const head = commit({ a: '1', b: '2' }, commit({ a: '1' }, root))

      await assert.rejects(repository.change({ base: root, head }, limit), (error) => {
        assert.ok(error instanceof LimitReached)
        assert.match(error.message, message)
        return true
      })
    })
  }

  it('reaches a limit without going over it', async () => {
    const root = commit({})
    const head = commit({ a: '1', b: '2' }, commit({ a: '1' }, root))

    const change = await repository.change({ base: root, head }, { commits: 2, files: 2 })

    assert.equal(change.files.length, 2)
  })

  it('sees neither replaced objects nor grafts', async () => {
    const root = commit({ a: '0' })
    const leak = commit({ a: 'secret' }, root)
    const head = commit({ a: '1' }, leak)
    repo.write(`refs/replace/${leak}`, `${root}\n`)
    repo.write('info/grafts', `${head} ${root}\n`)

    const blobs = await added(root, head)

    assert.deepEqual(blobs, ['a secret', 'a 1'])
  })

  it('fails for a commit that is not there', async () => {
    await assert.rejects(repository.change({ base: null, head: '1'.repeat(40) }, limits), {
      name: 'UnknownCommit',
    })
  })

  it('takes nothing but ids', async () => {
    await assert.rejects(repository.change({ base: null, head: '--output=x' }, limits), TypeError)
  })

  it('fails where an object is missing', async () => {
    const root = commit({})
    const head = commit({ a: { mode: '100644', oid: '3'.repeat(40) } }, root)

    await assert.rejects(repository.change({ base: root, head }, limits), { code: 'repository-incomplete' })
  })
})

describe('content', () => {
  it('is the same for the same content on another base', async () => {
    const root = commit({ a: '0', b: '0' })
    const next = commit({ a: '0', b: '1' }, root)
    const before = commit({ a: '1', b: '0' }, root)
    const rebased = commit({ a: '1', b: '1' }, next)
    const other = commit({ a: '2', b: '1' }, next)

    const [one, two, three] = await Promise.all([
      repository.content(next, before),
      repository.content(next, rebased),
      repository.content(next, other),
    ])

    assert.equal(one, two)
    assert.notEqual(two, three)
  })

  it('is null where the commit is gone', async () => {
    assert.equal(await repository.content(commit({}), '1'.repeat(40)), null)
  })
})
