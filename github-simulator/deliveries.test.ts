import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:http'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'

import { api, appJwt, nowhere, pick, setting } from './testing.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Something that takes webhooks, as the App does. */
async function listener(context: TestContext, status = 202) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  context.after(() => new Promise((resolve) => void server.close(resolve)))
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return { received, url: `http://127.0.0.1:${address.port}/` }
}

async function withPullRequest(context: TestContext) {
  const world = await setting(context)
  const { simulator, repository, bob } = world
  await simulator.branches.commit(repository, { branch: 'x', changes: { a: '1' }, message: 'a', by: bob })
  const pull = await simulator.pullRequests.open(repository, { branch: 'x', by: bob })
  return { ...world, pull }
}

describe('a delivery', () => {
  it('is signed over exactly what is sent, and names itself', async (context) => {
    const world = await withPullRequest(context)
    const { received, url } = await listener(context)
    world.simulator.deliveries.url = url

    world.simulator.comments.add(world.repository, world.pull, '/rescan', world.bob)
    await world.simulator.deliveries.settled()

    const [{ headers, body } = { headers: {}, body: '' }] = received
    const digest = createHmac('sha256', world.secret).update(body).digest('hex')
    assert.equal(headers['x-hub-signature-256'], `sha256=${digest}`)
    assert.equal(headers['x-github-event'], 'issue_comment')
    assert.match(String(headers['x-github-delivery']), /^[0-9a-f-]{36}$/)
    assert.match(String(headers['user-agent']), /^GitHub-Hookshot\//)
    assert.equal(pick(JSON.parse(body), 'comment.body'), '/rescan')
    assert.equal(world.simulator.deliveries.all.at(-1)?.state, 'answered')
  })

  it('can be held back, reordered, doubled and dropped', async (context) => {
    const world = await withPullRequest(context)
    const { simulator, repository, pull, bob } = world
    const { received, url } = await listener(context)
    simulator.deliveries.url = url
    simulator.deliveries.hold()
    for (const word of ['one', 'two', 'three']) simulator.comments.add(repository, pull, word, bob)
    const [one, two, three] = simulator.deliveries.held
    assert.ok(one && two && three)

    simulator.deliveries.drop(two)
    await simulator.deliveries.release([three, one, one])
    await simulator.deliveries.resume()

    assert.deepEqual(
      received.map(({ body }) => pick(JSON.parse(body), 'comment.body')),
      ['three', 'one', 'one'],
    )
    const guids = received.map(({ headers }) => headers['x-github-delivery'])
    assert.deepEqual(guids, [three.guid, one.guid, one.guid])
    assert.equal(two.state, 'dropped')
  })

  it('that nobody answers is listed as failed, and is sent again with its GUID when that is asked for', async (context) => {
    const world = await withPullRequest(context)
    const { simulator } = world
    const { received, url } = await listener(context)
    simulator.deliveries.url = nowhere
    simulator.comments.add(world.repository, world.pull, 'hello', world.bob)
    await simulator.deliveries.settled()

    const failed = await api(world, appJwt(), 'GET /app/hook/deliveries?status=failure')
    simulator.deliveries.url = url
    const again = await api(
      world,
      appJwt(),
      `POST /app/hook/deliveries/${String(pick(failed.body, '0.id'))}/attempts`,
    )
    await simulator.until(() => received.length === 1)
    await simulator.deliveries.settled()
    const all = await api(world, appJwt(), 'GET /app/hook/deliveries')

    assert.equal(again.status, 202)
    assert.equal(pick(failed.body, '0.status_code'), 0)
    assert.deepEqual([pick(all.body, '0.redelivery'), pick(all.body, '0.status')], [true, 'OK'])
    assert.equal(pick(all.body, '0.guid'), received[0]?.headers['x-github-delivery'])
    assert.equal(pick(all.body, '1.guid'), pick(all.body, '0.guid'))
    assert.deepEqual(simulator.violations, [])
  })

  it('is not made for a suspended App or another account', async (context) => {
    const world = await withPullRequest(context)
    const { simulator, installation, alice, bob } = world
    simulator.installations.suspend(installation, alice)
    const before = simulator.deliveries.all.length

    simulator.comments.add(world.repository, world.pull, 'hello', bob)
    await simulator.repositories.create(bob, 'own', { content: { files: { a: '' } } })

    assert.equal(simulator.deliveries.all.length, before)
  })

  it('that is on its way when the simulator is closed does not keep it open', async (context) => {
    const world = await withPullRequest(context)
    const server = createServer(() => undefined)
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    world.simulator.deliveries.url = `http://127.0.0.1:${address.port}/`
    world.simulator.comments.add(world.repository, world.pull, 'hello', world.bob)

    await world.simulator.close()

    assert.equal(world.simulator.deliveries.all.at(-1)?.state, 'failed')
    await new Promise((resolve) => void server.close(resolve))
  })
})
