import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { assert as holds, nat, property } from 'fast-check'

import { gates } from '../gates/index.ts'
import { runCommand } from '../testing/run-command.ts'
import { check } from './check.ts'
import { readIndex } from './index-file.ts'
import { uncommittedIn } from './uncommitted.ts'

let root: string
const file = (path: string) => join(root, path)
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  }).trim()

/** In each suite of its own: a hook of the file would run for every test of every file. */
function useRepository(): void {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'portcullis-index-'))
    git('init', '-q', '-b', 'main')
    mkdirSync(join(root, 'apps/long-name'), { recursive: true })
    for (const path of ['a', 'apps/b.yaml', 'apps/long-name/c', 'apps/long-name/cd'])
      writeFileSync(join(root, path), `${path}\n`)
    symlinkSync('a', join(root, 'link'))
    git('add', '.')
    git('commit', '-q', '-m', 'first')
  })
  afterEach(() => rmSync(root, { recursive: true }))
}

const look = () => uncommittedIn(join(root, 'apps'), git('rev-parse', 'HEAD^{tree}'))
const clean = { paths: [], isStaged: false }

describe('what is not committed', () => {
  useRepository()

  for (const [name, act, expected] of [
    ['is nothing after a commit', () => undefined, clean],
    ['is no file that was only touched', () => utimesSync(file('a'), 1, 1), clean],
    ['is no file that was never added', () => writeFileSync(file('new'), ''), clean],
    [
      'is a file that was changed',
      () => appendFileSync(file('apps/b.yaml'), 'x'),
      { paths: ['apps/b.yaml'], isStaged: false },
    ],
    ['is one of the same size', () => writeFileSync(file('a'), 'b\n'), { paths: ['a'], isStaged: false }],
    ['is one that was removed', () => unlinkSync(file('a')), { paths: ['a'], isStaged: false }],
    [
      'is one that became a link',
      () => {
        unlinkSync(file('a'))
        symlinkSync('b', file('a'))
      },
      { paths: ['a'], isStaged: false },
    ],
    [
      'is what is staged',
      () => {
        writeFileSync(file('new'), 'x')
        git('add', 'new')
      },
      { paths: [], isStaged: true },
    ],
    [
      'is what is staged in a folder, and what is to be added',
      () => {
        writeFileSync(file('apps/new'), 'x')
        git('add', '--intent-to-add', 'apps/new')
        git('rm', '-q', '--cached', 'apps/long-name/c')
      },
      { paths: ['apps/new'], isStaged: true },
    ],
    [
      'is nothing where the index was made anew',
      () => {
        writeFileSync(file('apps-x'), 'x')
        git('add', 'apps-x')
        git('rm', '-q', '--cached', 'apps-x')
      },
      clean,
    ],
    ['is told of an index of version 4', () => git('update-index', '--index-version', '4'), clean],
    [
      'is told of a file left out on purpose',
      () => {
        git('update-index', '--skip-worktree', 'a')
        unlinkSync(file('a'))
      },
      clean,
    ],
    ['is not told of a split index', () => git('update-index', '--split-index'), null],
  ] as const) {
    it(name, () => {
      act()

      const found = look()

      assert.deepEqual(found, expected)
    })
  }

  it('is told of a linked work tree', () => {
    const linked = join(root, 'linked')
    git('worktree', 'add', '-q', linked)
    appendFileSync(join(linked, 'a'), 'x')

    const found = uncommittedIn(linked, git('rev-parse', 'HEAD^{tree}'))

    assert.deepEqual(found, { paths: ['a'], isStaged: false })
  })

  it('runs no filter of the repository', () => {
    git('config', 'filter.evil.clean', `touch ${join(root, 'ran')}; cat`)
    writeFileSync(join(root, '.gitattributes'), '* filter=evil\n')
    writeFileSync(join(root, 'a'), 'b\n')

    const found = look()

    assert.deepEqual(found?.paths, ['a'])
    assert.throws(() => readFileSync(join(root, 'ran')), { code: 'ENOENT' })
  })
})

describe('check', () => {
  useRepository()

  it('says on stderr which files it does not judge, but for --quiet and another branch', async () => {
    git('branch', 'other')
    git('commit', '-q', '--allow-empty', '-m', 'second')
    appendFileSync(join(root, 'a'), 'x')
    appendFileSync(join(root, 'apps/b.yaml'), 'x')

    const run = async (...args: string[]) => (await runCommand(check(gates), root, args)).err

    assert.equal(await run(), 'portcullis: Uncommitted files are not judged: a and 1 more.\n')
    assert.deepEqual([await run('--quiet'), await run('main..other')], ['', ''])
  })
})

describe('the reader of an index', () => {
  useRepository()

  it('takes none that was cut or changed in one byte', () => {
    const index = readFileSync(join(root, '.git/index'))

    holds(
      property(nat(index.length - 1), nat(254), (at, more) => {
        const broken = Buffer.from(index)
        broken[at] = ((broken[at] ?? 0) + more + 1) % 256
        assert.deepEqual([readIndex(broken), readIndex(index.subarray(0, at))], [null, null])
      }),
    )
  })

  it('ends whatever stands in one without a checksum', () => {
    const index = readFileSync(join(root, '.git/index'))

    holds(
      property(nat(index.length - 21), nat(255), (at, byte) => {
        const broken = Buffer.from(index)
        broken[at] = byte
        broken.fill(0, index.length - 20)
        readIndex(broken)
      }),
    )
  })
})
