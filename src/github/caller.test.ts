import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'

import { CredentialsRefused, GitHubUnavailable, Gone, PermissionMissing } from '../ports/github-errors.ts'
import { everything, name, openedApp, repo, repository, run } from '../testing/opened-app.ts'
import type { Script } from '../testing/scripted-github.ts'
import { RequestRefused } from './refusal.ts'

describe('a call to GitHub', () => {
  it('retries a GET twice, and then says when to try again', async () => {
    const { github, calls, clock } = await openedApp({ [`GET ${repo}`]: () => ({ status: 502, json: {} }) })

    await assert.rejects(github.repository(name), GitHubUnavailable)

    assert.deepEqual([calls().length, clock.waits], [3, [250, 1000]])
  })

  it('goes on after a connection that broke', async () => {
    let broken = 0
    const script: Script = () => (++broken === 1 ? { isBroken: true } : { json: repository })
    const { github } = await openedApp({ [`GET ${repo}`]: script })

    assert.equal((await github.repository(name)).id, 1)
  })

  it('never repeats a write that may have been done', async () => {
    const { github, calls } = await openedApp({ [`POST ${repo}/check-runs`]: () => ({ isBroken: true }) })

    await assert.rejects(github.checks.create(name, run), GitHubUnavailable)

    assert.equal(calls().length, 1)
  })

  it('waits as long as GitHub asks, and repeats also a write, which was not done', async () => {
    let asked = 0
    const script: Script = () =>
      ++asked === 1
        ? { status: 403, headers: { 'retry-after': '20' }, json: {} }
        : { status: 201, json: { id: 5 } }
    const { github, clock } = await openedApp({ [`POST ${repo}/check-runs`]: script })

    assert.equal(await github.checks.create(name, run), 5)
    assert.deepEqual(clock.waits, [20_000])
  })

  for (const [what, status, headers, json, minutes] of [
    ['a secondary limit', 429, { 'retry-after': '120' }, {}, 2],
    ['a primary limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1767313800' }, {}, 30],
  ] as const) {
    it(`does not wait through ${what} of more than a minute, for this call and for the next`, async () => {
      const { github, clock, calls } = await openedApp({ [`GET ${repo}`]: () => ({ status, headers, json }) })
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
      const spied = await openedApp({
        [`GET ${repo}`]: () => answer,
        [`POST ${repo}/check-runs`]: () => answer,
      })

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
    const { github, calls } = await openedApp({
      'POST /app/installations/3/access_tokens': () => ({
        status: 201,
        json: {
          token: 'x'.repeat(20),
          expires_at: '2026-01-02T01:00:00Z',
          permissions: { metadata: 'read' },
        },
      }),
    })

    await assert.rejects(github.checks.create(name, run), { permission: 'checks: write' })

    assert.deepEqual(calls(), [])
  })

  it('notices a permission that was granted later, once its token is five minutes old', async () => {
    let permissions: Record<string, string> = { metadata: 'read' }
    const { github, clock } = await openedApp({
      'POST /app/installations/3/access_tokens': () => ({
        status: 201,
        json: { token: 'x'.repeat(20), expires_at: '2026-01-02T01:00:00Z', permissions },
      }),
    })
    await assert.rejects(github.checks.create(name, run), PermissionMissing)
    permissions = everything
    clock.pass(5 * 60_000)

    assert.equal(await github.checks.create(name, run), 77)
  })

  for (const [what, status] of [
    ['suspended', 403],
    ['removed', 404],
  ] as const) {
    it(`says that the installation was ${what}, and never that there is no policy`, async () => {
      const { github } = await openedApp({
        'POST /app/installations/3/access_tokens': () => ({ status, json: {} }),
      })

      await assert.rejects(github.organisationPolicy('acme'), (error: unknown) => {
        return error instanceof Gone && error.message.includes(what)
      })
    })
  }

  it('finds out that an installation was suspended while its token was still held', async () => {
    let isSuspended = false
    const { github } = await openedApp({
      [`GET ${repo}`]: () => {
        isSuspended = true
        return { status: 403, json: {} }
      },
      'POST /app/installations/3/access_tokens': () =>
        isSuspended
          ? { status: 403, json: {} }
          : {
              status: 201,
              json: { token: 'x'.repeat(20), expires_at: '2026-01-02T01:00:00Z', permissions: everything },
            },
    })

    await assert.rejects(github.repository(name), Gone)
  })
})
