import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { CommitGone, FetchFailed, ObjectsRefused } from '../ports/git.ts'
import { Redacted } from '../std/redacted.ts'
import { type MirrorBench, mirrorBench } from '../testing/git-mirrors.ts'

const limits = { commits: 100, files: 100 }
const nobody = '1'.repeat(40)
let bench: MirrorBench
const token = randomUUID()

beforeEach(async () => {
  bench = await mirrorBench(token)
})
afterEach(() => bench.end())

/** A commit at the tip of a branch of the remote. */
function push(branch: string, files: Record<string, string>, ...parents: string[]): string {
  const oid = bench.remote.commit({ files, parents })
  bench.remote.ref(`refs/heads/${branch}`, oid)
  return oid
}

function gitDir(repository = 2): string {
  return join(bench.folder, `1/${repository}.git`)
}

describe('a mirror', () => {
  it('brings a commit and the tips of branches in one exchange', async () => {
    const main = push('main', { a: '1' })
    const head = bench.remote.commit({ files: { a: '2' }, parents: [main] })
    const mirror = await bench.open()

    const tips = await mirror.fetch({ commits: [head], branches: ['main'] })

    assert.deepEqual([...tips], [['main', main]])
    assert.equal((await mirror.change({ base: main, head }, limits)).blobs.length, 1)
    assert.equal(bench.http.requests.filter((request) => request.startsWith('GET')).length, 1)
    assert.equal(await mirror.resolve('main'), main)
    assert.equal(await mirror.resolve('refs/heads/main'), main)
    assert.equal(await mirror.resolve('nope'), null)
  })

  it('does not ask for a commit that it brought before', async () => {
    const main = push('main', { a: '1' })
    const mirror = await bench.open()
    await mirror.fetch({ commits: [main], branches: [] })
    bench.http.requests.length = 0

    await mirror.fetch({ commits: [main], branches: [] })

    assert.deepEqual(bench.http.requests, [])
  })

  it('sees a forced, a deleted and a new branch below its name', async () => {
    push('main', { a: '1' })
    const old = push('feature', { a: '2' })
    const mirror = await bench.open()
    await mirror.fetch({ commits: [], branches: ['feature', 'main'] })
    const forced = push('main', { a: '9' })
    bench.remote.deleteRef('refs/heads/feature')
    const below = push('feature/x', { a: '3' })

    const tips = await mirror.fetch({ commits: [], branches: ['feature', 'feature/x', 'main'] })

    assert.deepEqual(
      [...tips],
      [
        ['feature', null],
        ['feature/x', below],
        ['main', forced],
      ],
    )
    assert.equal(await mirror.resolve('feature'), null)
    assert.equal(await mirror.resolve(old), old)
  })

  for (const branch of ['', '*', 'a:b', 'a..b', '-x', '../x', 'a b', 'a\nb', 'x.lock', '@{0}']) {
    it(`has no branch named ${JSON.stringify(branch)}`, async () => {
      push('main', { a: '1' })
      const mirror = await bench.open()

      const tips = await mirror.fetch({ commits: [], branches: [branch] })

      assert.deepEqual([...tips], [[branch, null]])
    })
  }

  it('reads what came after its reader was started', async () => {
    const one = push('main', { a: '1' })
    const mirror = await bench.open()
    await mirror.fetch({ commits: [one], branches: [] })
    assert.ok(await mirror.file(one, 'a', 9))
    const two = push('main', { a: '2' }, one)
    await mirror.fetch({ commits: [two], branches: ['main'] })

    const found = await mirror.file(two, 'a', 9)

    assert.equal(Buffer.from(found?.bytes ?? []).toString(), '2')
  })

  it('says that a commit is gone', async () => {
    push('main', { a: '1' })
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
      const main = push('main', { a: '1' })
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
    const main = push('main', { a: '1' })
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
      const bad = push('main', { '.gitmodules': files })
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
    const main = push('main', { a: '1' })
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
    assert.ok(commands.some((command) => command.includes(`--git-dir=${gitDir()}`)))
    assert.ok(files.length > 5)
    for (const secret of secrets) {
      assert.ok(!commands.some((command) => command.includes(secret)))
      for (const file of files) assert.ok(!readFileSync(join(file.parentPath, file.name)).includes(secret))
    }
  })

  it('fetches one at a time, and another repository meanwhile', async () => {
    const [one, two] = [push('one', { a: '1' }), push('two', { a: '2' })]
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

  it('works where a killed fetch left locks and half a pack', async () => {
    const main = push('main', { a: '1' })
    const before = await bench.open()
    await before.fetch({ commits: [main], branches: ['main'] })
    const [branch] = globSync(`${gitDir()}/refs/portcullis/branches/*`)
    for (const path of [
      `${branch}.lock`,
      `${gitDir()}/packed-refs.lock`,
      `${gitDir()}/objects/pack/tmp_pack_x`,
    ])
      writeFileSync(path, '')
    const next = push('main', { a: '2' }, main)
    const mirrors = bench.restart()
    const mirror = await mirrors.open(
      { installation: 1, repository: 2, url: bench.url },
      async () => new Redacted(token),
    )

    const tips = await mirror.fetch({ commits: [next], branches: ['main'] })

    assert.equal(tips.get('main'), next)
    assert.deepEqual(globSync(`${gitDir()}/**/{*.lock,tmp_*}`), [])
  })

  for (const [name, damage] of [
    ['HEAD', (folder: string) => writeFileSync(join(folder, 'HEAD'), 'x')],
    ['a ref', (folder: string) => damageAll(`${folder}/refs/portcullis/*/*`)],
    ['the objects', (folder: string) => rmSync(join(folder, 'objects/pack'), { recursive: true })],
    ['a pack', (folder: string) => damageAll(`${folder}/objects/pack/*.{pack,idx}`)],
  ] as const) {
    it(`is fetched anew when ${name} is damaged`, async () => {
      const main = push('main', { a: '1' })
      await (await bench.open()).fetch({ commits: [main], branches: ['main'] })
      damage(gitDir())
      const next = push('main', { a: '2' }, main)
      const mirrors = bench.restart()
      const mirror = await mirrors.open(
        { installation: 1, repository: 2, url: bench.url },
        async () => new Redacted(token),
      )

      await mirror.fetch({ commits: [next], branches: ['main'] })

      assert.equal((await mirror.change({ base: null, head: next }, limits)).blobs.length, 2)
    })
  }

  it('is fetched anew after something in it could not be read', async () => {
    const main = push('main', { a: '1' })
    const mirror = await bench.open()
    await mirror.fetch({ commits: [main], branches: ['main'] })
    damageAll(`${gitDir()}/objects/pack/*.pack`)
    await assert.rejects(mirror.change({ base: null, head: main }, limits))

    await mirror.fetch({ commits: [main], branches: ['main'] })

    assert.equal((await mirror.change({ base: null, head: main }, limits)).blobs.length, 1)
  })

  it('makes one pack of many once nobody has it open', async () => {
    let tip = push('main', { a: '0' })
    const mirror = await bench.open()
    for (let at = 1; at <= 52; at++) {
      await mirror.fetch({ commits: [tip], branches: [] })
      tip = push('main', { a: String(at) }, tip)
    }
    const packs = (): number =>
      readdirSync(join(gitDir(), 'objects/pack')).filter((file) => file.endsWith('.pack')).length
    assert.ok(packs() > 50)

    await mirror.close()
    await bench.mirrors.close()

    assert.ok(packs() < 5)
    const again = await bench.open()
    await again.fetch({ commits: [tip], branches: ['main'] })
    assert.equal((await again.change({ base: null, head: tip }, limits)).blobs.length, 53)
  })
})

describe('the mirrors', () => {
  it('forget a repository, or an installation', async () => {
    const main = push('main', { a: '1' })
    for (const repository of [2, 3, 4]) {
      const mirror = await bench.open(repository)
      await mirror.fetch({ commits: [main], branches: [] })
      await mirror.close()
    }

    await bench.mirrors.purge(1, 2)
    const left = readdirSync(join(bench.folder, '1'))
    await bench.mirrors.purge(1)

    assert.deepEqual(left, ['3.git', '4.git'])
    assert.ok(!existsSync(join(bench.folder, '1')))
  })

  it('remove what was not used for the longest time above the cap, never what is open', async () => {
    const main = push('main', { a: '1' })
    const mirrors = bench.restart(1)
    const open = (repository: number) =>
      mirrors.open({ installation: 1, repository, url: bench.url }, async () => new Redacted(token))
    const held = await open(2)
    await held.fetch({ commits: [main], branches: [] })
    for (const repository of [3, 4]) {
      const mirror = await open(repository)
      await mirror.fetch({ commits: [main], branches: [] })
      await mirror.close()
    }

    await mirrors.close()

    assert.deepEqual(readdirSync(join(bench.folder, '1')), ['2.git'])
  })

  for (const url of ['file:///etc', '/etc', 'ext::sh -c x', 'ssh://host/x', 'http://user:password@host/x']) {
    it(`fetch nothing from ${url}`, async () => {
      await assert.rejects(
        bench.mirrors.open({ installation: 1, repository: 2, url }, async () => new Redacted(token)),
        TypeError,
      )
    })
  }

  it('take nothing but numbers for a folder', async () => {
    const open = bench.mirrors.open(
      { installation: 1.5, repository: 2, url: bench.url },
      async () => new Redacted(token),
    )

    await assert.rejects(open, TypeError)
  })
})

function damageAll(pattern: string): void {
  for (const file of globSync(pattern)) {
    const { length } = readFileSync(file)
    rmSync(file)
    writeFileSync(file, Buffer.alloc(length, 0x5a))
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
