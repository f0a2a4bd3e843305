import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { Redacted } from '../std/redacted.ts'
import { type MirrorBench, mirrorBench } from '../testing/git-mirrors.ts'

let bench: MirrorBench
const token = randomUUID()

describe('the mirrors', () => {
  beforeEach(async () => {
    bench = await mirrorBench(token)
  })
  afterEach(() => bench.end())

  it('forget a repository, or an installation', async () => {
    const main = bench.push('main', { a: '1' })
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
    const main = bench.push('main', { a: '1' })
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
