import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { globSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { Redacted } from '../std/redacted.ts'
import { type MirrorBench, mirrorBench } from '../testing/git-mirrors.ts'

const limits = { commits: 100, files: 100 }
let bench: MirrorBench
const token = randomUUID()

describe('a mirror', () => {
  beforeEach(async () => {
    bench = await mirrorBench(token)
  })
  afterEach(() => bench.end())

  it('brings a commit and the tips of branches in one exchange', async () => {
    const main = bench.push('main', { a: '1' })
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
    const main = bench.push('main', { a: '1' })
    const mirror = await bench.open()
    await mirror.fetch({ commits: [main], branches: [] })
    bench.http.requests.length = 0

    await mirror.fetch({ commits: [main], branches: [] })

    assert.deepEqual(bench.http.requests, [])
  })

  it('sees a forced, a deleted and a new branch below its name', async () => {
    bench.push('main', { a: '1' })
    const old = bench.push('feature', { a: '2' })
    const mirror = await bench.open()
    await mirror.fetch({ commits: [], branches: ['feature', 'main'] })
    const forced = bench.push('main', { a: '9' })
    bench.remote.deleteRef('refs/heads/feature')
    const below = bench.push('feature/x', { a: '3' })

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
      bench.push('main', { a: '1' })
      const mirror = await bench.open()

      const tips = await mirror.fetch({ commits: [], branches: [branch] })

      assert.deepEqual([...tips], [[branch, null]])
    })
  }

  it('reads what came after its reader was started', async () => {
    const one = bench.push('main', { a: '1' })
    const mirror = await bench.open()
    await mirror.fetch({ commits: [one], branches: [] })
    assert.ok(await mirror.file(one, 'a', 9))
    const two = bench.push('main', { a: '2' }, one)
    await mirror.fetch({ commits: [two], branches: ['main'] })

    const found = await mirror.file(two, 'a', 9)

    assert.equal(Buffer.from(found?.bytes ?? []).toString(), '2')
  })

  it('works where a killed fetch left locks and half a pack', async () => {
    const main = bench.push('main', { a: '1' })
    const before = await bench.open()
    await before.fetch({ commits: [main], branches: ['main'] })
    const [branch] = globSync(`${bench.gitDir()}/refs/portcullis/branches/*`)
    for (const path of [
      `${branch}.lock`,
      `${bench.gitDir()}/packed-refs.lock`,
      `${bench.gitDir()}/objects/pack/tmp_pack_x`,
    ])
      writeFileSync(path, '')
    const next = bench.push('main', { a: '2' }, main)
    const mirrors = bench.restart()
    const mirror = await mirrors.open(
      { installation: 1, repository: 2, url: bench.url },
      async () => new Redacted(token),
    )

    const tips = await mirror.fetch({ commits: [next], branches: ['main'] })

    assert.equal(tips.get('main'), next)
    assert.deepEqual(globSync(`${bench.gitDir()}/**/{*.lock,tmp_*}`), [])
  })

  for (const [name, damage] of [
    ['HEAD', (folder: string) => writeFileSync(join(folder, 'HEAD'), 'x')],
    ['a ref', (folder: string) => damageAll(`${folder}/refs/portcullis/*/*`)],
    ['the objects', (folder: string) => rmSync(join(folder, 'objects/pack'), { recursive: true })],
    ['a pack', (folder: string) => damageAll(`${folder}/objects/pack/*.{pack,idx}`)],
  ] as const) {
    it(`is fetched anew when ${name} is damaged`, async () => {
      const main = bench.push('main', { a: '1' })
      await (await bench.open()).fetch({ commits: [main], branches: ['main'] })
      damage(bench.gitDir())
      const next = bench.push('main', { a: '2' }, main)
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
    const main = bench.push('main', { a: '1' })
    const mirror = await bench.open()
    await mirror.fetch({ commits: [main], branches: ['main'] })
    damageAll(`${bench.gitDir()}/objects/pack/*.pack`)
    await assert.rejects(mirror.change({ base: null, head: main }, limits))

    await mirror.fetch({ commits: [main], branches: ['main'] })

    assert.equal((await mirror.change({ base: null, head: main }, limits)).blobs.length, 1)
  })

  it('makes one pack of many once nobody has it open', async () => {
    let tip = bench.push('main', { a: '0' })
    const mirror = await bench.open()
    for (let at = 1; at <= 52; at++) {
      await mirror.fetch({ commits: [tip], branches: [] })
      tip = bench.push('main', { a: String(at) }, tip)
    }
    assert.ok(packs(bench.gitDir()) > 50)

    await mirror.close()
    await bench.mirrors.close()

    assert.ok(packs(bench.gitDir()) < 5)
    const again = await bench.open()
    await again.fetch({ commits: [tip], branches: ['main'] })
    assert.equal((await again.change({ base: null, head: tip }, limits)).blobs.length, 53)
  })
})

function packs(gitDir: string): number {
  return readdirSync(join(gitDir, 'objects/pack')).filter((file) => file.endsWith('.pack')).length
}

function damageAll(pattern: string): void {
  for (const file of globSync(pattern)) {
    const { length } = readFileSync(file)
    rmSync(file)
    writeFileSync(file, Buffer.alloc(length, 0x5a))
  }
}
