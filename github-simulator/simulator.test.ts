import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, it } from 'node:test'

import { api, setting, tokenOf } from './testing.ts'

describe('a simulator', () => {
  it('says when something came to hold', async (context) => {
    const world = await setting(context)
    const headSha = world.repository.branches.get('main') ?? ''
    const isDone = () =>
      world.simulator.checks.latest(world.repository, headSha, 'a')?.conclusion === 'success'
    const body = { name: 'a', head_sha: headSha, conclusion: 'success' }
    const done = world.simulator.until(isDone)

    await api(world, await tokenOf(world), 'POST /repos/acme/deploy/check-runs', { body })

    await done
    assert.ok(isDone())
  })

  it('leaves nothing behind when it is closed, and nobody waiting', async (context) => {
    const { simulator, repository } = await setting(context)
    const waiting = assert.rejects(
      simulator.until(() => false),
      /was closed/,
    )

    await simulator.close()

    await waiting
    assert.equal(existsSync(repository.gitDirectory), false)
    await assert.rejects(fetch(simulator.origin))
  })

  it('takes an App that goes away in the middle of a request for no violation', async (context) => {
    const { simulator } = await setting(context)
    const { hostname, port } = new URL(simulator.origin)
    const socket = connect(Number(port), hostname)
    await new Promise((resolve) => socket.on('connect', resolve))

    socket.write('POST /api/v3/repos/a/b/check-runs HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{')
    socket.destroy()
    await simulator.close()

    assert.deepEqual(simulator.violations, [])
  })
})
