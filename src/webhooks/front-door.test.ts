import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'

import {
  converse,
  exchange,
  head,
  openDoor,
  path,
  signatureOf,
  signed,
  statusOf,
} from '../testing/open-door.ts'

const oid = 'a'.repeat(40)
const about = { installation: { id: 7 }, repository: { full_name: 'acme/fleet' } }
const push = JSON.stringify({ ...about, ref: 'refs/heads/main', before: oid, after: 'b'.repeat(40) })
const marker = 'MARKER'
const block = 64 * 1024

describe('frontDoor, for a delivery', () => {
  it('stores it with the jobs that it names, acknowledges it, and wakes', async (t) => {
    const door = await openDoor(t)

    const answer = await exchange(t, door.port, signed(push))

    assert.equal(statusOf(answer), 202)
    assert.equal(door.woken(), 1)
    const data = {
      installation: 7,
      repository: 'acme/fleet',
      ref: 'refs/heads/main',
      before: oid,
      after: 'b'.repeat(40),
    }
    assert.deepEqual(door.stored, [
      {
        guid: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
        event: 'push',
        action: null,
        installation: 7,
        repository: 'acme/fleet',
        jobs: [{ job: { name: 'evaluate-push', data }, key: '7 acme/fleet refs/heads/main' }],
      },
    ])
  })

  it('acknowledges one that GitHub sends again, and stores it once', async (t) => {
    const door = await openDoor(t)

    const answers = [await exchange(t, door.port, signed(push)), await exchange(t, door.port, signed(push))]

    assert.deepEqual(answers.map(statusOf), [202, 202])
    assert.equal(door.stored.length, 1)
  })

  it('names the job of a comment that is a command', async (t) => {
    const door = await openDoor(t)
    const comment = { id: 99, body: 'Fixed.\n/rescan --fresh' }
    const sender = { login: 'mona', type: 'User' }
    const body = { ...about, action: 'created', issue: { number: 12, pull_request: {} }, comment, sender }

    await exchange(t, door.port, signed(JSON.stringify(body), { 'x-github-event': 'issue_comment' }))

    assert.deepEqual(
      door.stored[0]?.jobs.map(({ job }) => job),
      [
        {
          name: 'answer-command',
          data: {
            installation: 7,
            repository: 'acme/fleet',
            number: 12,
            comment: 99,
            sender: 'mona',
            command: { name: 'rescan', fresh: true },
          },
        },
      ],
    )
  })

  for (const [name, event, payload] of [
    ['an event that it does not know', 'teleport', about],
    ['a ping', 'ping', { zen: 'Half measures are as bad as nothing at all.' }],
    ['a push to where the App is not installed', 'push', { repository: about.repository }],
    ['a merge group', 'merge_group', { ...about, action: 'checks_requested' }],
  ] as const) {
    it(`stores ${name} without jobs`, async (t) => {
      const door = await openDoor(t)

      const answer = await exchange(
        t,
        door.port,
        signed(JSON.stringify(payload), { 'x-github-event': event }),
      )

      assert.equal(statusOf(answer), 202)
      assert.deepEqual(
        door.stored.map(({ event, jobs }) => [event, jobs]),
        [[event, []]],
      )
    })
  }

  it('reads a body in chunks', async (t) => {
    const door = await openDoor(t)
    const chunks = Array.from(push, (letter) => `1\r\n${letter}\r\n`).join('')
    const headers = head({ 'transfer-encoding': 'chunked', 'x-hub-signature-256': signatureOf(push) })

    const answer = await exchange(t, door.port, `${headers}${chunks}0\r\n\r\n`)

    assert.equal(statusOf(answer), 202)
  })

  it('reads deliveries that come one after the other without waiting', async (t) => {
    const door = await openDoor(t)
    const one = signed(push, { 'x-github-delivery': 'one', connection: 'keep-alive' })
    const other = signed(push, { 'x-github-delivery': 'other' })

    const answer = await exchange(t, door.port, one + other)

    assert.equal(answer.match(/HTTP\/1\.1 202/g)?.length, 2)
    assert.deepEqual(door.stored.map(({ guid }) => guid).toSorted(), ['one', 'other'])
  })

  it('asks for a body that the sender holds back', async (t) => {
    const door = await openDoor(t)
    const { socket, answered } = converse(t, door.port)
    const [headers = '', body = ''] = signed(push, { expect: '100-continue' }).split('\r\n\r\n')
    socket.write(`${headers}\r\n\r\n`)
    socket.once('data', () => socket.write(body))

    const answer = await answered

    assert.match(answer, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202 /)
  })
})

describe('frontDoor, for what it does not take', () => {
  const length = { 'content-length': String(Buffer.byteLength(push)) }
  const twice = (name: string, value: string) => signed(push, { [name]: [value, value] })

  for (const [name, bytes, status] of [
    ['another path', signed(push).replace(path, '/'), 404],
    ['a path that only begins like it', signed(push).replace(path, `${path}/x`), 404],
    ['another method', `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 405],
    ['a post to /healthz', signed(push).replace(path, '/healthz'), 405],
    ['a form', signed(push, { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ['no type', signed(push, { 'content-type': undefined }), 415],
    ['a type that begins like JSON', signed(push, { 'content-type': 'application/jsonp' }), 415],
    ['two types', twice('content-type', 'application/json'), 415],
    ['a compressed body', signed(push, { 'content-encoding': 'gzip' }), 415],
    ['no event', signed(push, { 'x-github-event': undefined }), 400],
    ['two events', twice('x-github-event', 'push'), 400],
    ['an event that is no word', signed(push, { 'x-github-event': 'push; x' }), 400],
    ['no delivery id', signed(push, { 'x-github-delivery': undefined }), 400],
    ['two delivery ids', twice('x-github-delivery', 'a'), 400],
    ['a delivery id that is none', signed(push, { 'x-github-delivery': "a'--" }), 400],
    ['no signature', head(length) + push, 400],
    ['two signatures', twice('x-hub-signature-256', signatureOf(push)), 400],
    ['a wrong signature', signed(push, { 'x-hub-signature-256': signatureOf(`${push} `) }), 401],
    ['another body', signed(push).replace('refs/heads/main', 'refs/heads/evil'), 401],
    ['no body', signed('', { 'x-hub-signature-256': signatureOf(push) }), 401],
    ['a signed body that is no JSON', signed('{"ref": main}'), 400],
    ['a signed empty body', signed(''), 400],
    ['a signed payload that GitHub does not send', signed(JSON.stringify({ ...about, ref: 3 })), 422],
    [
      'a body that says it is too large',
      head({ 'content-length': '26214401', 'x-hub-signature-256': 'x' }),
      413,
    ],
    ['two lengths', signed(push, { 'content-length': ['1', '2'] }), 400],
    ['a length that is none', signed(push, { 'content-length': '-1' }), 400],
    ['headers that do not end', `POST ${path} HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, 431],
    ['what is no HTTP', '\u0016\u0003\u0001\u0002\u0000\r\n\r\n', 400],
    ['a demand that nobody can meet', signed(push, { expect: 'a miracle' }), 417],
  ] as const) {
    it(`answers ${status} to ${name}, and stores nothing`, async (t) => {
      const door = await openDoor(t, { limits: { lingerMs: 20 } })

      const answer = await exchange(t, door.port, bytes)

      assert.equal(statusOf(answer), status)
      assert.deepEqual([door.stored, door.woken()], [[], 0])
    })
  }

  it('refuses a body that grows too large, without reading all of it', async (t) => {
    const door = await openDoor(t, { limits: { bodyBytes: 1_000, lingerMs: 20 } })
    const headers = head({ 'transfer-encoding': 'chunked', 'x-hub-signature-256': 'x' })

    const answer = await exchange(t, door.port, `${headers}3e8\r\n${'x'.repeat(1_000)}\r\n1\r\nx\r\n`)

    assert.equal(statusOf(answer), 413)
  })

  it('refuses a body that does not come in time', async (t) => {
    const door = await openDoor(t, { limits: { bodyMs: 20, lingerMs: 20 } })

    const answer = await exchange(t, door.port, signed(push).slice(0, -1))

    assert.equal(statusOf(answer), 408)
    assert.deepEqual(door.stored, [])
  })

  it('lets a sender end that is refused, so that it reads why', async (t) => {
    const door = await openDoor(t, { limits: { bodyBytes: 1_000 } })
    const { socket, answered } = converse(t, door.port)
    const errors: Error[] = []
    socket.on('error', (error) => errors.push(error))
    const size = 8 * 1024 * 1024
    socket.write(head({ 'content-length': String(size), 'x-hub-signature-256': 'x' }))
    socket.once('data', () => socket.write(Buffer.alloc(size)))

    const answer = await answered

    assert.equal(statusOf(answer), 413)
    assert.deepEqual(errors, [])
  })

  it('goes on with a sender that is refused and keeps its connection', async (t) => {
    const door = await openDoor(t, { limits: { bodyBytes: 1_000 } })
    const large = signed('x'.repeat(200_000), { connection: 'keep-alive' })

    const answer = await exchange(t, door.port, large + signed(push))

    assert.match(answer, /^HTTP\/1\.1 413 [^]*HTTP\/1\.1 202 /)
  })

  // Node itself closes an idle connection after 5 s.
  it('cuts off who is refused and goes on', { timeout: 3_000 }, async (t) => {
    const door = await openDoor(t, { limits: { lingerMs: 20 } })
    const headers = head({
      'content-length': '30000000',
      'x-hub-signature-256': 'x',
      connection: 'keep-alive',
    })

    const answer = await exchange(t, door.port, `${headers}x`)

    assert.equal(statusOf(answer), 413)
  })

  it('refuses headers that do not come in time', async (t) => {
    const door = await openDoor(t, {}, { headersMs: 20 })

    const answer = await exchange(t, door.port, `POST ${path} HTTP/1.1\r\n`)

    assert.equal(statusOf(answer), 408)
  })

  it('refuses bodies while too much is held, and takes them again afterwards', async (t) => {
    const door = await openDoor(t, { limits: { heldBytes: block, lingerMs: 20 } })
    const holding = converse(t, door.port)
    const part = head({ 'content-length': '3001', 'x-hub-signature-256': 'x' })
    holding.socket.write(part + 'x'.repeat(3_000))
    await statusUntil(503, () => exchange(t, door.port, signed(push.padEnd(1_000))))

    const refused = await exchange(t, door.port, signed(push.padEnd(1_000)))
    holding.socket.destroy()
    await statusUntil(202, () => exchange(t, door.port, signed(push.padEnd(1_000))))

    assert.match(refused, /\r\nretry-after: \d+\r\n/i)
  })

  it('refuses a body that takes more than may be held', async (t) => {
    const door = await openDoor(t, { limits: { heldBytes: block, lingerMs: 20 } })

    const answer = await exchange(t, door.port, signed(push.padEnd(block + 1)))

    assert.equal(statusOf(answer), 503)
  })

  it('keeps nothing of what it has stored or refused', async (t) => {
    const door = await openDoor(t, { limits: { heldBytes: block } })
    const [forged, torn] = [signed(push, { 'x-hub-signature-256': 'x' }), signed('{')]
    const statuses: number[] = []

    for (const bytes of [signed(push), forged, torn, signed(push)])
      statuses.push(statusOf(await exchange(t, door.port, bytes)))

    assert.deepEqual(statuses, [202, 401, 400, 202])
  })

  it('keeps nothing of senders that hang up', async (t) => {
    const door = await openDoor(t, { limits: { heldBytes: block } })
    const part = head({ 'content-length': '3001', 'x-hub-signature-256': 'x' }) + 'x'.repeat(3_000)
    for (let sender = 0; sender < 5; sender++) {
      const { socket, answered } = converse(t, door.port)
      socket.write(part, () => socket.destroy())
      await answered
    }

    await statusUntil(202, () => exchange(t, door.port, signed(push)))

    assert.equal(door.stored.length, 1)
  })

  it('logs one line a second, with nothing that was sent', async (t) => {
    let time = 0
    const door = await openDoor(t, { now: () => time })
    const forged = signed(`{"x":"${marker}"}`, {
      'x-hub-signature-256': `sha256=${marker}`,
      'x-github-delivery': marker,
    })
    for (let sent = 0; sent < 5; sent++) await exchange(t, door.port, forged)
    await exchange(t, door.port, forged.replace(path, `/${marker}`))
    time = 1_000
    await exchange(t, door.port, forged)

    assert.deepEqual(door.lines, [
      'warn requests refused {"reason":"wrong-signature","refused":1}',
      'warn requests refused {"reason":"wrong-signature","refused":6}',
    ])
  })

  it('says and logs which fields it cannot read, and nothing that stands there', async (t) => {
    const door = await openDoor(t)
    const body = JSON.stringify({ ...about, ref: marker, before: oid, after: marker })

    const answer = await exchange(t, door.port, signed(body))

    assert.match(answer, /A push delivery is not as GitHub describes it: ref, after\./)
    assert.equal(door.lines.length, 1)
    assert.doesNotMatch(door.lines.join() + answer, new RegExp(marker))
  })
})

/** Repeats an exchange until it is answered like this: the other end needs a moment to see a connection end. */
async function statusUntil(status: number, act: () => Promise<string>): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (statusOf(await act()) === status) return
    await turn()
  }
  assert.fail(`never answered ${status}`)
}
