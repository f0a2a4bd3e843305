import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { CommitGone, FetchFailed, ObjectsRefused } from '../ports/git.ts'
import { type MirrorBench, mirrorBench } from '../testing/git-mirrors.ts'

const limits = { commits: 100, files: 100 }
const nobody = '1'.repeat(40)
let bench: MirrorBench
const token = randomUUID()

describe('a fetch', () => {
  beforeEach(async () => {
    bench = await mirrorBench(token)
  })
  afterEach(() => bench.end())

  it('says that a commit is gone', async () => {
    bench.push('main', { a: '1' })
    const mirror = await bench.open()

    await assert.rejects(mirror.fetch({ commits: [nobody], branches: ['main'] }), CommitGone)
  })

  for (const [name, status] of [
    ['does not answer', 0],
    ['is broken', 500],
    ['refuses the credentials', 401],
    ['has no such repository', 404],
    ['redirects', 301],
  ] as const) {
    it(`fails where the remote ${name}`, async () => {
      const main = bench.push('main', { a: '1' })
      bench.http.intercept = (_, response) => {
        if (status === 0) response.destroy()
        response.writeHead(status || 200, { location: 'http://127.0.0.1:1/' }).end()
        return true
      }
      const mirror = await bench.open()

      await assert.rejects(mirror.fetch({ commits: [main], branches: ['main'] }), (error) => {
        assert.ok(error instanceof FetchFailed)
        assert.ok(!(error instanceof ObjectsRefused))
        assert.doesNotMatch(error.message, new RegExp(token))
        return true
      })
    })
  }

  it('fails where the connection breaks in the middle of the pack', async () => {
    const main = bench.push('main', { a: '1' })
    bench.http.intercept = (request, response) => {
      if (request.method === 'GET') return false
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result' }).write('0011')
      setImmediate(() => response.destroy())
      return true
    }
    const mirror = await bench.open()

    await assert.rejects(mirror.fetch({ commits: [main], branches: [] }), FetchFailed)
  })

  for (const [name, entry] of [
    ['.git', { mode: '100644', name: '.git' }],
    ['.GIT', { mode: '40000', name: '.GIT' }],
    ['git~1', { mode: '100644', name: 'git~1' }],
    ['..', { mode: '40000', name: '..' }],
    ['a path with a slash', { mode: '100644', name: 'a/b' }],
  ] as const) {
    it(`refuses a tree with ${name}`, async () => {
      const { remote } = bench
      const oid = entry.mode === '40000' ? remote.tree({ a: '1' }) : remote.object('blob', '1')
      const bad = remote.commit({ tree: remote.rawTree([{ ...entry, oid }]) })
      const mirror = await bench.open()

      await assert.rejects(mirror.fetch({ commits: [bad], branches: [] }), ObjectsRefused)
      assert.equal(await mirror.resolve(bad), null)
    })
  }

  for (const [name, files] of [
    ['an option for a URL', '[submodule "a"]\n\tpath = a\n\turl = --upload-pack=x\n'],
    ['a name that leaves its folder', '[submodule "../../x"]\n\tpath = a\n\turl = https://example.com/x\n'],
    [
      'a command to update',
      '[submodule "a"]\n\tpath = a\n\turl = https://example.com/x\n\tupdate = !touch x\n',
    ],
  ] as const) {
    it(`refuses .gitmodules with ${name}`, async () => {
      const bad = bench.push('main', { '.gitmodules': files })
      const mirror = await bench.open()

      await assert.rejects(mirror.fetch({ commits: [bad], branches: [] }), ObjectsRefused)
    })
  }

  for (const [name, commit] of [
    ['a mode with zeros before it', { mode: '040000' }],
    ['no space before the address', { author: 'Ada<ada@example.com> 1 +0000' }],
    ['no address', { author: 'Ada 1 +0000' }],
    ['no name', { author: '<ada@example.com> 1 +0000' }],
    ['a time zone of three digits', { author: 'Ada <ada@example.com> 1 +051' }],
    ['a date that no clock has', { author: 'Ada <ada@example.com> 18446744073709551615 +0000' }],
    ['a NUL in the message', { message: 'a\0b' }],
  ] as const) {
    it(`takes an old commit with ${name}`, async () => {
      const { remote } = bench
      const { mode = '40000', ...spec } = { mode: undefined, ...commit }
      const oid = remote.tree({ b: '1' })
      const head = remote.commit({ tree: remote.rawTree([{ mode, name: 'a', oid }]), ...spec })
      const mirror = await bench.open()

      await mirror.fetch({ commits: [head], branches: [] })

      const change = await mirror.change({ base: null, head }, limits)
      assert.deepEqual(
        change.files.map(({ path }) => path),
        ['a/b'],
      )
    })
  }

  it('refuses a repository with SHA-256 ids by name', async () => {
    rmSync(bench.remote.folder, { recursive: true })
    execFileSync('git', ['init', '-q', '--bare', '--object-format=sha256', bench.remote.folder])
    const at = (args: string[]): string =>
      execFileSync('git', [`--git-dir=${bench.remote.folder}`, ...args], {
        input: '',
        env: {
          ...process.env,
          GIT_AUTHOR_NAME: 'a',
          GIT_AUTHOR_EMAIL: 'a',
          GIT_COMMITTER_NAME: 'a',
          GIT_COMMITTER_EMAIL: 'a',
        },
      })
        .toString()
        .trim()
    at(['update-ref', 'refs/heads/main', at(['commit-tree', at(['mktree'])])])
    const mirror = await bench.open()

    await assert.rejects(mirror.fetch({ commits: [], branches: ['main'] }), {
      code: 'repository-unsupported',
      message: /sha256/,
    })
  })

  it('has the token on no command line and in no file', async () => {
    const main = bench.push('main', { a: '1' })
    const commands: string[] = []
    bench.http.intercept = () => {
      for (const file of globSync('/proc/[0-9]*/cmdline')) commands.push(readIfThere(file))
      return false
    }
    const mirror = await bench.open()

    await mirror.fetch({ commits: [main], branches: ['main', 'nope'] })

    const secrets = [token, Buffer.from(`x-access-token:${token}`).toString('base64')]
    const files = globSync(`${bench.folder}/**`, { withFileTypes: true }).filter((file) => file.isFile())
    assert.equal(bench.http.authorizations[0], `Basic ${secrets[1]}`)
    assert.ok(commands.some((command) => command.includes(`--git-dir=${bench.gitDir()}`)))
    assert.ok(files.length > 5)
    for (const secret of secrets) {
      assert.ok(!commands.some((command) => command.includes(secret)))
      for (const file of files) assert.ok(!readFileSync(join(file.parentPath, file.name)).includes(secret))
    }
  })

  it('fetches one at a time, and another repository meanwhile', async () => {
    const [one, two] = [bench.push('one', { a: '1' }), bench.push('two', { a: '2' })]
    const [mirror, other] = [await bench.open(2), await bench.open(3)]
    const running = new Set<string>()
    const seen: string[] = []
    const bothRun = Promise.withResolvers<void>()
    bench.http.intercept = async (request) => {
      if (request.method !== 'GET') return false
      running.add(String(request.socket.remotePort))
      seen.push(request.url ?? '')
      if (seen.length === 2) bothRun.resolve()
      await bothRun.promise
      return false
    }

    await Promise.all([
      mirror.fetch({ commits: [one], branches: [] }),
      mirror.fetch({ commits: [one], branches: [] }),
      other.fetch({ commits: [two], branches: [] }),
    ])

    // The second of the same mirror waited, and then there was nothing left to ask for.
    assert.equal(seen.length, 2)
  })
})

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
