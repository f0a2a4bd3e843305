import assert from 'node:assert/strict'
import { createVerify, generateKeyPairSync, randomBytes } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { inspect } from 'node:util'

import {
  AnswerTooLarge,
  CredentialsRefused,
  GitHubUnavailable,
  Gone,
  PermissionMissing,
} from '../ports/github-errors.ts'
import type { CheckRun } from '../ports/github.ts'
import { Redacted } from '../std/redacted.ts'
import type { Received, Script } from '../testing/scripted-github.ts'
import { etagsInMemory, jumpingClock, listeningLog, scriptedGitHub } from '../testing/scripted-github.ts'
import { openGitHubApp } from './open-app.ts'
import { RequestRefused } from './refusal.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const name = { owner: 'acme', name: 'fleet' }
const repo = '/repos/acme/fleet'
const oid = 'a'.repeat(40)
const kim = { id: 5, login: 'kim', type: 'User' }
const everything = {
  metadata: 'read',
  checks: 'write',
  contents: 'read',
  pull_requests: 'write',
  members: 'read',
  administration: 'read',
}

const repository = { id: 1, name: 'fleet', owner: { login: 'acme' }, default_branch: 'main', archived: false }
const pull = {
  number: 12,
  state: 'open',
  draft: false,
  title: 'A title',
  body: null,
  user: kim,
  labels: [{ name: 'ready' }],
  head: { sha: oid, ref: 'topic', repo: null },
  base: { ref: 'main', sha: oid, repo: repository },
}
const pinned = [
  {
    type: 'required_status_checks',
    ruleset_source_type: 'Organization',
    ruleset_source: 'acme',
    ruleset_id: 42,
    parameters: { required_status_checks: [{ context: 'portcullis', integration_id: 99 }] },
  },
  { type: 'non_fast_forward', ruleset_source: 'acme', ruleset_id: 42 },
  { type: 'deletion', ruleset_source: 'acme', ruleset_id: 42 },
]
const review = {
  id: 1,
  user: kim,
  state: 'APPROVED',
  commit_id: oid,
  submitted_at: '2026-01-01T00:00:00Z',
  body: 'x',
}
const text = 'version: 1\n'
const policyFile = {
  type: 'file',
  size: text.length,
  sha: oid,
  encoding: 'base64',
  content: Buffer.from(text).toString('base64'),
}
const run: CheckRun = {
  name: 'portcullis',
  headSha: oid,
  externalId: '7',
  state: { status: 'completed', conclusion: 'failure' },
  output: { title: 'Two findings', summary: 'Fix them.', text: '', annotations: [] },
  actions: [{ label: 'Rescan', description: 'Evaluate again', identifier: 'rescan' }],
}
const usual: Record<string, Script> = {
  [`GET ${repo}`]: () => ({ json: repository }),
  [`GET ${repo}/pulls/12`]: () => ({ json: pull }),
  [`GET ${repo}/pulls/12/reviews`]: () => ({ json: [review] }),
  [`GET ${repo}/collaborators`]: () => ({ json: [{ ...kim, role_name: 'maintain' }] }),
  [`GET ${repo}/rules/branches/main`]: () => ({ json: pinned }),
  'GET /repos/acme/.github/contents/portcullis.yml': () => ({ json: policyFile }),
  [`POST ${repo}/check-runs`]: () => ({ status: 201, json: { id: 77 } }),
}

/** An open App against a server that gives tokens for an hour and answers as scripted. */
async function world(script: Record<string, Script> = {}) {
  const clock = jumpingClock()
  const given: string[] = []
  const token: Script = () => {
    given.push(`ghs_${randomBytes(18).toString('hex')}`)
    const expires_at = new Date(clock.now() + 3_600_000).toISOString()
    return { status: 201, json: { token: given.at(-1), expires_at, permissions: everything } }
  }
  const server = await scriptedGitHub(
    { 'POST /app/installations/3/access_tokens': token, ...usual, ...script },
    clock.now,
  )
  after(() => server.close())
  const [log, etags] = [listeningLog(), etagsInMemory()]
  const app = openGitHubApp({
    appId: 99,
    privateKey: new Redacted(pem),
    host: server.host,
    protocol: 'http',
    etags,
    log,
    now: clock.now,
    timers: clock.timers,
  })
  const calls = () =>
    server.received.map(({ route }) => route).filter((route) => !route.includes('access_tokens'))
  return { ...server, app, github: app.forInstallation(3), clock, log, etags, given, calls }
}

async function evaluate({ github }: Awaited<ReturnType<typeof world>>): Promise<void> {
  await github.pullRequest(name, 12)
  await github.reviews(name, 12)
  await github.collaborators(name)
  await github.organisationPolicy('acme')
  await github.effectiveRules(name, 'main')
  await github.checks.create(name, run)
}

describe('GitHub as the App', () => {
  it('proves with a signed JWT that it is the App, and with a token that it is the installation', async () => {
    const { github, received, given } = await world()

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

  it('costs 6 calls cold, and 1 of the quota warm', async () => {
    const spied = await world()

    await evaluate(spied)
    const cold = spied.calls().length
    await evaluate(spied)

    const warm = spied.received.slice(cold + 1)
    assert.equal(cold, 6)
    assert.deepEqual(
      warm.filter(({ ifNoneMatch }) => ifNoneMatch === null).map(({ route }) => route),
      [`POST ${repo}/check-runs`],
    )
  })

  it('gives the same facts for a 304 as for the answer', async () => {
    const { github } = await world()
    const read = () =>
      Promise.all([
        github.pullRequest(name, 12),
        github.reviews(name, 12),
        github.collaborators(name),
        github.effectiveRules(name, 'main'),
        github.organisationPolicy('acme'),
      ])

    const [cold, warm] = [await read(), await read()]

    assert.deepEqual(warm, cold)
    assert.deepEqual(cold[3].requiredChecks, [{ name: 'portcullis', app: 99, source: 'ruleset 42 of acme' }])
    assert.equal(cold[4]?.text, text)
  })

  it('keeps neither titles nor the texts of reviews and commits', async () => {
    const commit = { sha: oid, author: {}, committer: kim, commit: { message: 'MESSAGE' } }
    const spied = await world({ [`GET ${repo}/pulls/12/commits`]: () => ({ json: [commit] }) })

    await evaluate(spied)
    const attributions = await spied.github.attributions(name, 12)

    assert.deepEqual(attributions[oid]?.author, null)
    assert.equal(spied.etags.kept.size, 5)
    assert.doesNotMatch(JSON.stringify([...spied.etags.kept]), /A title|"body"|MESSAGE/)
  })

  it('takes one token for calls side by side, and a new one five minutes before it expires', async () => {
    const { github, given, clock } = await world()

    await Promise.all([github.repository(name), github.reviews(name, 12), github.collaborators(name)])
    clock.pass(54 * 60_000)
    await github.repository(name)
    const before = given.length
    clock.pass(60_000)
    await github.repository(name)

    assert.deepEqual([before, given.length], [1, 2])
  })

  it('takes a new token once when the one it has is refused', async () => {
    let revoked = ''
    const script: Script = ({ authorization }) =>
      authorization === revoked ? { status: 401, json: {} } : { json: [review] }
    const { github, given } = await world({ [`GET ${repo}/pulls/12/reviews`]: script })
    await github.repository(name)
    revoked = `token ${given[0]}`

    const found = await Promise.all([github.reviews(name, 12), github.reviews(name, 12)])

    assert.deepEqual([found[0].length, given.length], [1, 2])
  })

  it('reads every page, and asks for none after a page that is not full', async () => {
    const full = Array.from({ length: 100 }, (_, at) => ({ ...review, id: at + 1 }))
    const script: Script = ({ path }) =>
      path.endsWith('page=1')
        ? { json: full, headers: { link: '<http://x/?page=2>; rel="next", <http://x/?page=2>; rel="last"' } }
        : { json: [{ ...review, id: 101 }] }
    const { github, calls } = await world({ [`GET ${repo}/pulls/12/reviews`]: script })

    const found = await github.reviews(name, 12)

    assert.deepEqual([found.length, calls().length], [101, 2])
  })

  it('finds the first item after a page that was full and has not changed', async () => {
    const full = Array.from({ length: 100 }, (_, at) => ({ ...review, id: at + 1 }))
    const more: unknown[] = []
    const script: Script = ({ path }) => ({ json: path.endsWith('page=1') ? full : more })
    const { github } = await world({ [`GET ${repo}/pulls/12/reviews`]: script })
    await github.reviews(name, 12)
    more.push({ ...review, id: 101 })

    const found = await github.reviews(name, 12)

    assert.equal(found.length, 101)
  })

  it('refuses a list without an end instead of cutting it off', async () => {
    const script: Script = () => ({ json: [review], headers: { link: '<http://x/>; rel="next"' } })
    const { github, clock } = await world({ [`GET ${repo}/pulls/12/reviews`]: script })

    await assert.rejects(github.reviews(name, 12), AnswerTooLarge)
    assert.deepEqual(clock.waits, [])
  })

  it('refuses a body that is larger than any it needs', async () => {
    const script: Script = () => ({ json: { filler: 'x'.repeat(17 * 1024 * 1024) } })
    const { github } = await world({ [`GET ${repo}`]: script })

    await assert.rejects(github.repository(name), AnswerTooLarge)
  })

  it('retries a GET twice, and then says when to try again', async () => {
    const { github, calls, clock } = await world({ [`GET ${repo}`]: () => ({ status: 502, json: {} }) })

    await assert.rejects(github.repository(name), GitHubUnavailable)

    assert.deepEqual([calls().length, clock.waits], [3, [250, 1000]])
  })

  it('goes on after a connection that broke', async () => {
    let broken = 0
    const script: Script = () => (++broken === 1 ? { isBroken: true } : { json: repository })
    const { github } = await world({ [`GET ${repo}`]: script })

    assert.equal((await github.repository(name)).id, 1)
  })

  it('never repeats a write that may have been done', async () => {
    const { github, calls } = await world({ [`POST ${repo}/check-runs`]: () => ({ isBroken: true }) })

    await assert.rejects(github.checks.create(name, run), GitHubUnavailable)

    assert.equal(calls().length, 1)
  })

  it('waits as long as GitHub asks, and repeats also a write, which was not done', async () => {
    let asked = 0
    const script: Script = () =>
      ++asked === 1
        ? { status: 403, headers: { 'retry-after': '20' }, json: {} }
        : { status: 201, json: { id: 5 } }
    const { github, clock } = await world({ [`POST ${repo}/check-runs`]: script })

    assert.equal(await github.checks.create(name, run), 5)
    assert.deepEqual(clock.waits, [20_000])
  })

  for (const [what, status, headers, json, minutes] of [
    ['a secondary limit', 429, { 'retry-after': '120' }, {}, 2],
    ['a primary limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767313800' }, {}, 30],
  ] as const) {
    it(`does not wait through ${what} of more than a minute, for this call and for the next`, async () => {
      const script: Script = () => ({ status, headers, json })
      const { github, clock, calls } = await world({ [`GET ${repo}`]: script })
      const retryAt = new Date(clock.now() + minutes * 60_000)
      const isLater = (error: unknown) =>
        error instanceof GitHubUnavailable && error.retryAt.getTime() === retryAt.getTime()

      await assert.rejects(github.repository(name), isLater)
      await assert.rejects(github.reviews(name, 12), isLater)

      assert.deepEqual([calls().length, clock.waits], [1, []])
    })
  }

  for (const [what, answer, expected] of [
    ['404 as gone', { status: 404, json: {} }, Gone],
    ['410 as gone', { status: 410, json: {} }, Gone],
    ['451 as gone', { status: 451, json: {} }, Gone],
    ['403 as a permission', { status: 403, json: {} }, PermissionMissing],
    [
      '403 of single sign-on as credentials',
      { status: 403, headers: { 'x-github-sso': 'required' } },
      CredentialsRefused,
    ],
    ['401 that stays as credentials', { status: 401, json: {} }, CredentialsRefused],
    [
      '422 as a bug',
      { status: 422, json: { message: 'SECRET', errors: [{ field: 'a', code: 'missing' }] } },
      RequestRefused,
    ],
    ['503 as an outage', { status: 503, headers: { 'retry-after': '5' } }, GitHubUnavailable],
  ] as const) {
    it(`names ${what}, without a token and without what was sent`, async () => {
      const spied = await world({ [`GET ${repo}`]: () => answer, [`POST ${repo}/check-runs`]: () => answer })

      for (const act of [() => spied.github.repository(name), () => spied.github.checks.create(name, run)]) {
        await assert.rejects(act, (error: unknown) => {
          const shown =
            inspect(error, { depth: 10, showHidden: true }) + inspect(spied.log.lines, { depth: 10 })
          assert.ok(error instanceof expected, shown)
          assert.doesNotMatch(shown, /ghs_|bearer|SECRET|Two findings|PRIVATE KEY/i)
          return true
        })
      }
    })
  }

  it('names the permission that a call needs and that was not granted, without the call', async () => {
    const script: Script = () => ({
      status: 201,
      json: { token: 'x'.repeat(20), expires_at: '2026-01-02T01:00:00Z', permissions: { metadata: 'read' } },
    })
    const { github, calls } = await world({ 'POST /app/installations/3/access_tokens': script })

    await assert.rejects(github.checks.create(name, run), { permission: 'checks: write' })

    assert.deepEqual(calls(), [])
  })

  for (const [what, status] of [
    ['suspended', 403],
    ['removed', 404],
  ] as const) {
    it(`says that the installation was ${what}, and never that there is no policy`, async () => {
      const script: Script = () => ({ status, json: {} })
      const { github } = await world({ 'POST /app/installations/3/access_tokens': script })

      await assert.rejects(github.organisationPolicy('acme'), (error: unknown) => {
        return error instanceof Gone && error.message.includes(what)
      })
    })
  }

  it('finds out that an installation was suspended while its token was still held', async () => {
    let isSuspended = false
    const refuse: Script = () => ({ status: 403, json: {} })
    const { github } = await world({
      [`GET ${repo}`]: () => {
        isSuspended = true
        return { status: 403, json: {} }
      },
      'POST /app/installations/3/access_tokens': (received) =>
        isSuspended
          ? refuse(received)
          : {
              status: 201,
              json: { token: 'x'.repeat(20), expires_at: '2026-01-02T01:00:00Z', permissions: everything },
            },
    })

    await assert.rejects(github.repository(name), Gone)
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
    const { github, received, given } = await world()

    const token = await github.cloneToken(name)

    assert.equal(token.expose(), given[0])
    assert.deepEqual(received[0]?.body, { repositories: ['fleet'], permissions: { contents: 'read' } })
  })
})
