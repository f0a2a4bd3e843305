import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { inspect } from 'node:util'

import { CredentialsRefused } from '../ports/github-errors.ts'
import { Redacted } from '../std/redacted.ts'
import { name, repo, repository } from '../testing/opened-app.ts'
import type { Script } from '../testing/scripted-github.ts'
import { jumpingClock, listeningLog, scriptedGitHub } from '../testing/scripted-github.ts'
import { apiUrl, cloneUrl } from './host.ts'
import { openGitHubWithToken } from './open-with-token.ts'

async function opened(answer: Script) {
  const { now, timers } = jumpingClock()
  const server = await scriptedGitHub({ [`GET ${repo}`]: answer }, now)
  after(() => server.close())
  const secret = randomBytes(20).toString('hex')
  const github = openGitHubWithToken({
    token: new Redacted(secret),
    host: server.host,
    protocol: 'http',
    now,
    timers,
    log: listeningLog(),
  })
  return { ...server, github, secret }
}

describe('GitHub with a token', () => {
  it('logs in with it, also for git', async () => {
    const { github, received, secret } = await opened(() => ({ json: repository }))

    const found = await github.repository(name)

    assert.deepEqual([found.id, received[0]?.authorization], [1, `token ${secret}`])
    assert.equal((await github.cloneToken(name)).expose(), secret)
  })

  it('says what to check when it is refused, and not the token', async () => {
    const { github, secret, received } = await opened(() => ({ status: 401, json: {} }))

    await assert.rejects(github.repository(name), (error: unknown) => {
      assert.ok(!inspect(error, { depth: 10, showHidden: true }).includes(secret))
      return error instanceof CredentialsRefused && error.message.includes('Check GITHUB_TOKEN.')
    })
    assert.equal(received.length, 1)
  })
})

describe('the addresses', () => {
  for (const [host, protocol, api, clone] of [
    [null, 'https', 'https://api.github.com', 'https://github.com/acme/fleet.git'],
    ['ghe.example', 'https', 'https://ghe.example/api/v3', 'https://ghe.example/acme/fleet.git'],
    ['127.0.0.1:8080', 'http', 'http://127.0.0.1:8080/api/v3', 'http://127.0.0.1:8080/acme/fleet.git'],
  ] as const) {
    it(`are those of ${host ?? 'github.com'}`, () => {
      assert.deepEqual([apiUrl({ host, protocol }), cloneUrl({ host, protocol }, name)], [api, clone])
    })
  }
})
