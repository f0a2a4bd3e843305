import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import type { Entry } from '../model/change.ts'
import { NotAFile, ObjectsRefused, type Repository } from '../ports/git.ts'
import { Redacted } from '../std/redacted.ts'
import { GitHttp } from '../testing/git-http.ts'
import { GitRepository } from '../testing/git-repository.ts'
import { absent, bare, buildHostile, hostileRepositories } from '../testing/hostile-repositories.ts'
import { Git } from './git.ts'
import { openLocal } from './local.ts'
import { DiskMirrors } from './mirrors.ts'

const limits = { commits: 1000, files: 50_000 }

let root: string
let trap: string
let marker: string

describe('a hostile repository', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'portcullis-hostile-'))
    trap = join(root, 'trap')
    marker = join(root, 'marker')
    writeFileSync(trap, `#!/bin/sh\necho sprung >> ${marker}\nexit 1\n`)
    chmodSync(trap, 0o755)
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  for (const one of hostileRepositories) {
    it(`runs nothing of ours and writes nothing: ${one.name}`, async () => {
      const { repo, base, head } = buildHostile(one, root, trap)
      const git = new Git({ path: process.env['PATH'] ?? '' })
      const before = snapshot()

      const local = await openLocal(repo.folder, git)
      try {
        await everything(local, base, head)
      } finally {
        await local.close()
      }

      assert.ok(!existsSync(marker))
      assert.deepEqual(snapshot(), before)
    })

    it(`runs nothing of ours in a mirror: ${one.name}`, async (context) => {
      const { base, head } = buildHostile(one, root, trap)
      const git = new Git({ path: process.env['PATH'] ?? '' })
      const http = new GitHttp(root)
      context.after(() => http.stop())
      const url = `${await http.start()}/hostile/.git`
      const mirrors = new DiskMirrors({
        folder: join(root, 'mirrors'),
        git,
        maxBytes: 1e9,
        log: { ...console, child: () => never() },
      })
      const before = snapshot()

      try {
        const mirror = await mirrors.open(
          { installation: 1, repository: 2, url },
          async () => new Redacted('x'),
        )
        const fetched = mirror.fetch({ commits: [base, head], branches: ['main'] })
        if (one.isRefused === true) await assert.rejects(fetched, ObjectsRefused)
        else await fetched.then(() => everything(mirror, base, head))
      } finally {
        await mirrors.close()
      }

      assert.ok(!existsSync(marker))
      assert.deepEqual(snapshot(), before)
    })

    if (one.plain !== undefined) {
      const command = one.plain
      it(`would run something under an ordinary git ${command[0]}: ${one.name}`, () => {
        const { repo } = buildHostile(one, root, trap)

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
    const { repo } = buildHostile({ name: 'embedded' }, root, trap)
    const inner = new GitRepository({ folder: join(repo.folder, 'bare'), isBare: true })
    inner.write('config', bare.replaceAll('$TRAP', trap))

    await assert.rejects(openLocal(inner.folder, new Git({ path: process.env['PATH'] ?? '' })), {
      code: 'repository-missing',
    })
    assert.ok(!existsSync(marker))
  })
})

/** Every operation of the port. */
async function everything(repository: Repository, base: string, head: string): Promise<void> {
  for (const name of ['main', 'HEAD', head, 'nope', 'main:a', '-x', '']) await repository.resolve(name)
  await repository.mergeBase(base, head)
  await repository.content(base, head)
  await repository.content(base, absent)
  const change = await repository.change({ base, head }, limits)
  await repository.change({ base: null, head }, limits)
  for (const { path, head: entry } of change.files.slice(0, 20)) {
    const file = repository.file(head, path, 1e6)
    await (isNoFile(entry) ? assert.rejects(file, NotAFile) : file)
  }
  const folder = change.files.find(({ path }) => path === '.github')?.head ?? null
  const policy = repository.file(head, '.github/portcullis.yml', 1e6)
  await (isNoFile(folder) ? assert.rejects(policy, NotAFile) : policy)
  for await (const { bytes } of repository.blobs(change.blobs.map(({ oid }) => oid))) assert.ok(bytes)
  await repository.file(head, absent, 1)
  await assert.rejects(async () => {
    for await (const { oid } of repository.blobs([absent])) assert.ok(oid)
  })
}

function isNoFile(entry: Entry | null): boolean {
  return entry?.kind === 'symlink' || entry?.kind === 'submodule'
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
