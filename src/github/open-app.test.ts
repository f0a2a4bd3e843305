import assert from 'node:assert/strict'
import { createVerify, randomBytes } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { inspect } from 'node:util'

import { Redacted } from '../std/redacted.ts'
import { name, openedApp, pem, publicKey, repo, review } from '../testing/opened-app.ts'
import type { Received, Script } from '../testing/scripted-github.ts'
import { etagsInMemory, jumpingClock, listeningLog, scriptedGitHub } from '../testing/scripted-github.ts'
import { openGitHubApp } from './open-app.ts'

describe('GitHub as the App', () => {
  it('proves with a signed JWT that it is the App, and with a token that it is the installation', async () => {
    const { github, received, given } = await openedApp()

    await github.repository(name)

    const [asked, read] = received as [Received, Received]
    const [head, claims, signature] = asked.authorization.replace('bearer ', '').split('.') as [
      string,
      string,
      string,
    ]
    const verify = createVerify('sha256').update(`${head}.${claims}`)
    assert.ok(verify.verify(publicKey, signature, 'base64url'))
    assert.equal((JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string }).iss, '99')
    assert.equal(read.authorization, `token ${given[0]}`)
  })

  it('takes one token for calls side by side, and a new one five minutes before it expires', async () => {
    const { github, given, clock } = await openedApp()

    await Promise.all([github.repository(name), github.reviews(name, 12), github.collaborators(name)])
    clock.pass(54 * 60_000)
    await github.repository(name)
    const before = given.length
    clock.pass(60_000)
    await github.repository(name)

    assert.deepEqual([before, given.length], [1, 2])
  })

  it('takes a new token for clones too when one is refused: they are revoked together', async () => {
    let revoked = ''
    const script: Script = ({ authorization }) =>
      authorization === revoked ? { status: 401, json: {} } : { json: [review] }
    const { github, given } = await openedApp({ [`GET ${repo}/pulls/12/reviews`]: script })
    await github.repository(name)
    const before = await github.cloneToken(name)
    revoked = `token ${given[0]}`

    await github.reviews(name, 12)

    assert.notEqual((await github.cloneToken(name)).expose(), before.expose())
  })

  it('takes a new token once when the one it has is refused', async () => {
    let revoked = ''
    const script: Script = ({ authorization }) =>
      authorization === revoked ? { status: 401, json: {} } : { json: [review] }
    const { github, given } = await openedApp({ [`GET ${repo}/pulls/12/reviews`]: script })
    await github.repository(name)
    revoked = `token ${given[0]}`

    const found = await Promise.all([github.reviews(name, 12), github.reviews(name, 12)])

    assert.deepEqual([found[0].length, given.length], [1, 2])
  })

  it('signs by the clock of GitHub after it was refused for its own, and says so', async () => {
    const clock = jumpingClock()
    const theirs = () => clock.now() - 3_600_000
    const server = await scriptedGitHub(
      {
        'GET /app': ({ authorization }) => {
          const claims = authorization.split('.')[1] ?? ''
          const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number }
          return exp * 1000 > theirs() + 600_000
            ? { status: 401, json: {} }
            : { json: { id: 99, slug: 'portcullis', permissions: {}, events: [] } }
        },
      },
      theirs,
    )
    after(() => server.close())
    const log = listeningLog()
    const options = {
      appId: 99,
      privateKey: new Redacted(pem),
      protocol: 'http',
      etags: etagsInMemory(),
    } as const
    const app = openGitHubApp({ ...options, host: server.host, now: clock.now, log, timers: clock.timers })

    assert.equal((await app.app()).slug, 'portcullis')
    assert.ok(Math.abs(app.skewSeconds() - 3600) <= 1)
    assert.equal(log.lines.length, 1)
  })

  it('says which key is no key, and nothing of it', async () => {
    const secret = randomBytes(30).toString('hex')
    const options = { appId: 99, host: '127.0.0.1:9', protocol: 'http', etags: etagsInMemory() } as const
    const clock = jumpingClock()
    const privateKey = new Redacted(
      `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
    )
    const app = openGitHubApp({
      ...options,
      privateKey,
      now: clock.now,
      log: listeningLog(),
      timers: clock.timers,
    })

    await assert.rejects(app.app(), (error: unknown) => {
      assert.ok(!inspect(error, { depth: 10, showHidden: true }).includes(secret))
      return error instanceof Error && 'code' in error && error.code === 'environment-invalid'
    })
  })

  it('gives git a token of one repository that can only read', async () => {
    const { github, received, given } = await openedApp()

    const token = await github.cloneToken(name)

    assert.equal(token.expose(), given[0])
    assert.deepEqual(received[0]?.body, { repositories: ['fleet'], permissions: { contents: 'read' } })
  })
})
