import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { api, appJwt, pick, setting, tokenOf } from './testing.ts'

describe('a JWT of the App', () => {
  for (const [name, jwt, status] of [
    ['is taken', {}, 200],
    ['of ten minutes is taken', { expiresIn: 595 }, 200],
    ['of more than ten minutes is refused', { expiresIn: 700 }, 401],
    ['that has expired is refused', { expiresIn: -1 }, 401],
    ['from half a minute ahead is taken', { issuedIn: 30 }, 200],
    ['from further ahead is refused', { issuedIn: 90 }, 401],
    ['of another App is refused', { issuer: 1 }, 404],
  ] as const) {
    it(name, async (context) => {
      const world = await setting(context)

      const reply = await api(world, appJwt(jwt), 'GET /app')

      assert.equal(reply.status, status)
    })
  }

  it('with another signature is refused', async (context) => {
    const world = await setting(context)
    const [header, claims] = appJwt().split('.')

    const reply = await api(
      world,
      `${header}.${claims}.${Buffer.from('no').toString('base64url')}`,
      'GET /app',
    )

    assert.equal(reply.status, 401)
    assert.equal(pick(reply.body, 'message'), 'A JSON web token could not be decoded')
  })

  it('does not stand in for an installation token', async (context) => {
    const world = await setting(context)

    assert.equal((await api(world, appJwt(), 'GET /repos/acme/deploy/pulls')).status, 403)
  })
})

describe('an installation token', () => {
  const path = 'GET /repos/acme/deploy'

  it('expires after an hour', async (context) => {
    let now = Date.now()
    const world = await setting(context, { clock: () => new Date(now) })
    const token = await tokenOf(world)

    const before = await api(world, token, path)
    now += 3_600_001
    const after = await api(world, token, path)

    assert.deepEqual([before.status, after.status], [200, 401])
  })

  it('is refused once it was revoked, the App suspended or uninstalled', async (context) => {
    const world = await setting(context)
    const { simulator, installation, alice } = world
    const statuses: number[] = []

    const token = await tokenOf(world)
    simulator.installations.revokeTokens(installation)
    statuses.push((await api(world, token, path)).status)
    const next = await tokenOf(world)
    simulator.installations.suspend(installation, alice)
    statuses.push((await api(world, next, path)).status)
    simulator.installations.unsuspend(installation, alice)
    statuses.push((await api(world, next, path)).status)
    simulator.installations.uninstall(installation, alice)
    statuses.push((await api(world, next, path)).status)

    assert.deepEqual(statuses, [401, 403, 200, 401])
  })

  it('does not see repositories of another account, nor those that it was not made for', async (context) => {
    const world = await setting(context)
    const { simulator, organization, alice } = world
    const other = await simulator.repositories.create(organization, 'other', {
      content: { files: { a: '' } },
    })
    await simulator.repositories.create(alice, 'private', { content: { files: { a: '' } } })
    const narrow = await tokenOf(world, { repository_ids: [other.id] })

    const seen = await api(world, narrow, 'GET /repos/acme/other')
    const hidden = await api(world, narrow, path)
    const foreign = await api(world, await tokenOf(world), 'GET /repos/alice/private')

    assert.deepEqual([seen.status, hidden.status, foreign.status], [200, 404, 404])
    assert.deepEqual(simulator.violations, [])
  })
})

describe('a personal token', () => {
  it('sees what its person sees', async (context) => {
    const world = await setting(context)
    const { people } = world.simulator
    const [bob, stranger] = [people.createToken(world.bob), people.createToken(people.createUser('eve'))]

    const [seen, hidden] = await Promise.all(
      [bob, stranger].map((token) => api(world, token, 'GET /repos/acme/deploy')),
    )

    assert.deepEqual([seen?.status, hidden?.status], [200, 404])
    assert.equal(pick(seen?.body, 'permissions.push'), true)
  })
})
