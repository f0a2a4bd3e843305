import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it, type TestContext } from 'node:test'

import { exchange, statusOf } from '../testing/open-door.ts'
import { openServer } from '../webhooks/open-server.ts'
import { readManifest } from './read-manifest.ts'
import { setupPages } from './setup.ts'

const manifest = readManifest(readFileSync('app.yml', 'utf8'))
const setup = {
  githubUrl: 'https://github.com',
  publicUrl: 'https://gate.acme.dev/',
  webhookPath: '/api/github/webhooks',
}

describe('setupPages', () => {
  for (const path of ['/', '/setup', '/setup?code=x']) {
    it(`shows the page at ${path}`, async (t) => {
      const answer = await get(t, path)

      assert.equal(statusOf(answer), 200)
      assert.match(answer, /<h1>Set up Portcullis<\/h1>/)
    })
  }

  it('names every permission and event with its reason', async (t) => {
    const answer = (await get(t, '/setup')).replaceAll(/>\s+</g, '><')

    for (const { name, access, reason } of manifest.permissions)
      assert.ok(answer.includes(`<code>${name}</code></th><td>${access}</td><td>${reason}</td>`), name)
    for (const { name, reason } of manifest.events)
      assert.ok(answer.includes(`<code>${name}</code></th><td>${reason}</td>`), name)
  })

  it('fills GitHub’s form in', async (t) => {
    const answer = await get(t, '/setup')

    const href = /href="(https:\/\/github\.com\/settings\/apps\/new\?[^"]*)"/.exec(answer)?.[1] ?? ''
    const values = new URL(href.replaceAll('&amp;', '&')).searchParams
    assert.equal(values.get('webhook_url'), 'https://gate.acme.dev/api/github/webhooks')
    assert.equal(values.get('checks'), 'write')
    assert.equal(values.get('contents'), 'read')
    assert.equal(values.get('public'), 'false')
    assert.deepEqual(
      values.getAll('events[]'),
      manifest.events.map(({ name }) => name),
    )
  })

  it('asks for PUBLIC_URL where it is not set', async (t) => {
    assert.match(await get(t, '/setup', { publicUrl: null }), /First set <code>PUBLIC_URL<\/code>/)
    assert.doesNotMatch(await get(t, '/setup'), /First set/)
  })

  it('escapes what is put into it', async (t) => {
    const answer = await get(t, '/setup', { publicUrl: 'https://x/"><script>alert(1)</script>' })

    assert.doesNotMatch(answer, /<script/)
  })

  it('forbids scripts, frames and everything from elsewhere', async (t) => {
    const answer = await get(t, '/setup')

    for (const header of [
      /^content-security-policy: default-src 'none'; style-src 'self';.* frame-ancestors 'none'/m,
      /^x-content-type-options: nosniff/m,
      /^x-frame-options: DENY/m,
      /^referrer-policy: no-referrer/m,
      /^cache-control: no-store/m,
    ])
      assert.match(answer, header)
    assert.doesNotMatch(answer, /<script|\sstyle=|\son\w+=|src=/)
  })

  it('has a look for both themes', async (t) => {
    const answer = await get(t, '/setup.css')

    assert.match(answer, /^content-type: text\/css/m)
    assert.match(answer, /color-scheme: light dark/)
  })

  for (const [name, method, path, status] of [
    ['is alive', 'GET', '/healthz', 200],
    ['is not ready', 'GET', '/readyz', 503],
    ['has no other page', 'GET', '/api/github/webhooks', 404],
    ['acknowledges no delivery', 'POST', '/api/github/webhooks', 405],
    ['answers HEAD without a body', 'HEAD', '/', 200],
  ] as const) {
    it(name, async (t) => {
      const answer = await get(t, path, {}, method)

      assert.equal(statusOf(answer), status)
      if (method === 'HEAD') assert.match(answer, /\r\n\r\n$/)
    })
  }
})

async function get(
  t: TestContext,
  path: string,
  given: { publicUrl?: string | null } = {},
  method = 'GET',
): Promise<string> {
  const listener = await setupPages({ ...setup, ...given }, manifest)
  const server = await openServer(listener, { host: '127.0.0.1', port: 0 })
  t.after(() => server.close())
  return exchange(t, server.port, `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
}
