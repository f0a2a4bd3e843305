import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { busyMs } from './request-log.ts'
import { api, permissions, pick, setting, tokenOf } from './testing.ts'

describe('a violation', () => {
  for (const [name, request, body, message] of [
    ['an operation that is not served', 'GET /repos/acme/deploy/stargazers', undefined, /no such operation/],
    [
      'an unknown parameter',
      'GET /repos/acme/deploy/pulls?states=open',
      undefined,
      /unknown parameter states/,
    ],
    [
      'a parameter of the wrong kind',
      'GET /repos/acme/deploy/pulls?state=merged',
      undefined,
      /state: .*allowed values/,
    ],
    ['a path of the wrong kind', 'GET /repos/acme/deploy/pulls/one', undefined, /pull_number: .*integer/],
    ['a missing body', 'POST /repos/acme/deploy/check-runs', undefined, /the body is missing/],
    ['a missing field', 'POST /repos/acme/deploy/check-runs', { name: 'a' }, /required property 'head_sha'/],
    [
      'a field that nobody knows',
      'POST /repos/acme/deploy/check-runs',
      { name: 'a', head_sha: 'b', titel: '' },
      /additional/,
    ],
    [
      'a fourth button',
      'POST /repos/acme/deploy/check-runs',
      {
        name: 'a',
        head_sha: 'b',
        actions: ['a', 'b', 'c', 'd'].map((label) => ({ label, description: label, identifier: label })),
      },
      /more than 3 items/,
    ],
    [
      'too long a label',
      'POST /repos/acme/deploy/check-runs',
      { name: 'a', head_sha: 'b', actions: [{ label: 'a'.repeat(21), description: 'b', identifier: 'c' }] },
      /more than 20 characters/,
    ],
  ] as const) {
    it(`is ${name}`, async (context) => {
      const world = await setting(context)

      const reply = await api(world, await tokenOf(world), request, { body })

      assert.equal(reply.status, 500)
      assert.equal(world.simulator.violations.length, 1)
      assert.match(world.simulator.violations[0]?.message ?? '', message)
    })
  }

  it('is a call whose permission is not in the manifest', async (context) => {
    const { checks: _, ...rest } = permissions
    const world = await setting(context, { permissions: rest })
    const body = { name: 'a', head_sha: 'b' }

    const reply = await api(world, await tokenOf(world), 'POST /repos/acme/deploy/check-runs', { body })

    assert.equal(reply.status, 403)
    assert.equal(pick(reply.body, 'message'), 'Resource not accessible by integration')
    assert.deepEqual(world.simulator.violations, [
      {
        kind: 'permission',
        operation: 'POST /repos/{owner}/{repo}/check-runs',
        message: 'the manifest does not ask for checks: write',
      },
    ])
  })

  it('is not a permission that the account has not agreed to yet', async (context) => {
    const world = await setting(context)
    world.simulator.installations.setPermissions(world.installation, { metadata: 'read' }, world.alice)

    const reply = await api(world, await tokenOf(world), 'GET /repos/acme/deploy/pulls')

    assert.equal(reply.status, 403)
    assert.deepEqual(world.simulator.violations, [])
  })
})

describe('the quota', () => {
  it('is told with each answer, and not touched by an answer 304', async (context) => {
    const world = await setting(context)
    const token = await tokenOf(world)

    const first = await api(world, token, 'GET /repos/acme/deploy')
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    const same = await api(world, token, 'GET /repos/acme/deploy', { headers })
    await world.simulator.branches.commit(world.repository, {
      branch: 'x',
      changes: { a: 'b' },
      message: 'm',
      by: world.bob,
    })
    await world.simulator.pullRequests.open(world.repository, { branch: 'x', by: world.bob })
    const changed = await api(world, token, 'GET /repos/acme/deploy', { headers })

    assert.deepEqual(
      [first, same, changed].map(({ status }) => status),
      [200, 304, 200],
    )
    const used = [first, same, changed].map((reply) => reply.headers.get('x-ratelimit-used'))
    assert.deepEqual(used, ['1', '1', '2'])
    assert.deepEqual(
      world.simulator.requests
        .filter(({ installation }) => installation !== null)
        .map(({ costsQuota }) => costsQuota),
      [true, false, true],
    )
  })

  it('ends, and begins again after an hour', async (context) => {
    let now = Date.now()
    const world = await setting(context, { clock: () => new Date(now) })
    world.simulator.quota.limit = 1
    const statusWith = async (token: string) => (await api(world, token, 'GET /repos/acme/deploy')).status

    const token = await tokenOf(world)
    const before = [await statusWith(token), await statusWith(token)]
    now += 3_600_001
    const after = await statusWith(await tokenOf(world, undefined, now))

    assert.deepEqual([...before, after], [200, 403, 200])
  })
})

describe('a list', () => {
  it('comes in pages that name each other', async (context) => {
    const world = await setting(context)
    const { simulator, repository, bob } = world
    await simulator.branches.commit(repository, { branch: 'x', changes: { a: 'b' }, message: 'm', by: bob })
    const pull = await simulator.pullRequests.open(repository, { branch: 'x', by: bob })
    for (const word of ['one', 'two', 'three', 'four', 'five'])
      simulator.comments.add(repository, pull, word, bob)

    const path = 'GET /repos/acme/deploy/issues/1/comments?per_page=2&page=2'
    const reply = await api(world, await tokenOf(world), path)

    assert.equal(pick(reply.body, '0.body'), 'three')
    const links = [...(reply.headers.get('link') ?? '').matchAll(/[?&]page=(\d)>; rel="(\w+)"/g)]
    assert.deepEqual(
      links.map(([, page, relation]) => `${relation} ${page}`),
      ['prev 1', 'next 3', 'last 3', 'first 1'],
    )
  })
})

describe('a former name', () => {
  it('leads to where the repository is now', async (context) => {
    const world = await setting(context)
    const token = await tokenOf(world)
    world.simulator.repositories.rename(world.repository, 'production', world.alice)

    const reply = await api(world, token, 'GET /repos/acme/deploy/pulls')
    const renamed = await api(world, token, 'GET /repos/acme/deploy')

    assert.equal(reply.status, 200)
    assert.equal(pick(renamed.body, 'full_name'), 'acme/production')
    assert.deepEqual(
      world.simulator.requests.map(({ status }) => status),
      [201, 301, 200, 301, 200],
    )
  })
})

describe('a fault', () => {
  it('is answered instead', async (context) => {
    const world = await setting(context)
    const token = await tokenOf(world)
    world.simulator.fault = ({ operation }) =>
      operation === 'GET /repos/{owner}/{repo}' ? { status: 502, body: { message: 'Server Error' } } : null

    const replies = await Promise.all(
      ['', '/pulls'].map((rest) => api(world, token, `GET /repos/acme/deploy${rest}`)),
    )

    assert.deepEqual(
      replies.map(({ status }) => status),
      [502, 200],
    )
  })

  it('that GitHub could not answer is a violation', async (context) => {
    const world = await setting(context)
    const token = await tokenOf(world)
    world.simulator.fault = () => ({ status: 200, body: { id: 'one' } })

    const reply = await api(world, token, 'GET /repos/acme/deploy')

    assert.equal(reply.status, 500)
    assert.deepEqual(
      world.simulator.violations.map(({ kind }) => kind),
      ['answer'],
    )
  })
})

describe('busyMs', () => {
  it('counts time once in which several requests were answered', () => {
    const requests = [
      { startedMs: 10, endedMs: 20 },
      { startedMs: 5, endedMs: 12 },
      { startedMs: 30, endedMs: 31 },
    ]

    assert.equal(busyMs(requests), 16)
  })
})
