import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { api, pick, setting, tokenOf } from '../testing.ts'

describe('contents', () => {
  const files = {
    'a.txt': 'hello\n',
    'dir/ü b.txt': 'x',
    'dir/link': { mode: '120000', content: '../a.txt' },
    away: { mode: '120000', content: '/etc/passwd' },
    'large.bin': 'x'.repeat(1_000_001),
  } as const

  for (const [name, path, accept, expected] of [
    [
      'of a file are base64',
      'a.txt',
      '',
      { content: 'aGVsbG8K\n', encoding: 'base64', size: 6, type: 'file' },
    ],
    [
      'of a directory are a list',
      'dir',
      '',
      { '0.name': 'link', '0.type': 'symlink', '1.path': 'dir/ü b.txt' },
    ],
    ['of the root are a list', '', '', { '0.name': 'a.txt', '2.type': 'dir' }],
    ['of a directory may be an object', 'dir', '.object', { type: 'dir', 'entries.1.name': 'ü b.txt' }],
    ['of a link are those of its file', 'dir/link', '', { path: 'a.txt', type: 'file' }],
    [
      'of a link out of the repository are its target',
      'away',
      '',
      { target: '/etc/passwd', type: 'symlink' },
    ],
    ['of a large file are not in it', 'large.bin', '', { content: '', encoding: 'none' }],
  ] as const) {
    it(name, async (context) => {
      const world = await setting(context)
      await world.simulator.repositories.create(world.organization, 'files', { content: { files } })
      const headers = { accept: `application/vnd.github${accept}+json` }
      const encoded = path.split('/').map(encodeURIComponent).join('/')

      const reply = await api(world, await tokenOf(world), `GET /repos/acme/files/contents/${encoded}`, {
        headers,
      })

      assert.equal(reply.status, 200)
      for (const [place, value] of Object.entries(expected)) assert.equal(pick(reply.body, place), value)
      assert.deepEqual(world.simulator.violations, [])
    })
  }

  it('may be raw bytes', async (context) => {
    const world = await setting(context)
    const headers = { accept: 'application/vnd.github.raw+json' }

    const reply = await api(world, await tokenOf(world), 'GET /repos/acme/deploy/contents/README.md', {
      headers,
    })

    assert.equal(reply.body, 'deploys\n')
  })

  for (const [name, path] of [
    ['a file', 'missing.txt'],
    ['a ref', 'README.md?ref=nowhere'],
    ['a path that only looks like an option', '--help'],
  ] as const) {
    it(`are 404 for ${name} that is not there`, async (context) => {
      const world = await setting(context)

      const reply = await api(world, await tokenOf(world), `GET /repos/acme/deploy/contents/${path}`)

      assert.equal(reply.status, 404)
    })
  }
})
