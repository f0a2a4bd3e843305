import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'

import { git, gitText } from './git.ts'
import type { Setting } from './testing.ts'
import { setting, tokenOf } from './testing.ts'

async function emptyClone(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'clone-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  await git(folder, ['init', '--bare', '--quiet'])
  return folder
}

function fetchArgs({ simulator }: Setting, token: string, ...what: string[]): string[] {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64')
  return [
    '-c',
    `http.extraHeader=Authorization: Basic ${basic}`,
    'fetch',
    '--quiet',
    `${simulator.origin}/acme/deploy.git`,
    ...what,
  ]
}

describe('git over HTTP', () => {
  it('fetches any commit by its id, also one that was pushed away', async (context) => {
    const world = await setting(context)
    const { simulator, repository, bob } = world
    const [folder, token] = [await emptyClone(context), await tokenOf(world)]
    const main = repository.branches.get('main') ?? ''
    const lost = await simulator.branches.commit(repository, {
      branch: 'x',
      changes: { a: '1' },
      message: 'a',
      by: bob,
    })
    await simulator.branches.commit(repository, {
      branch: 'x',
      changes: { a: '2' },
      message: 'b',
      by: bob,
      parents: [main],
    })

    await git(folder, fetchArgs(world, token, lost))

    assert.equal(await gitText(folder, ['cat-file', '-p', `${lost}:a`]), '1')
    const logged = simulator.requests.filter(({ kind }) => kind === 'git')
    assert.ok(logged.length >= 2)
    assert.ok(logged.every(({ status, costsQuota }) => status === 200 && !costsQuota))
  })

  it('has the head of a pull request from a fork', async (context) => {
    const world = await setting(context)
    const { simulator, repository } = world
    const eve = simulator.people.createUser('eve')
    const fork = await simulator.repositories.fork(repository, eve)
    await simulator.branches.commit(fork, { branch: 'fix', changes: { b: '1' }, message: 'b', by: eve })
    const pull = await simulator.pullRequests.open(repository, { from: fork, branch: 'fix', by: eve })
    const next = await simulator.branches.commit(fork, {
      branch: 'fix',
      changes: { b: '2' },
      message: 'b',
      by: eve,
    })
    const folder = await emptyClone(context)

    await git(folder, fetchArgs(world, await tokenOf(world), 'refs/pull/1/head:refs/heads/pull'))

    assert.equal(pull.headSha, next)
    assert.equal(await gitText(folder, ['rev-parse', 'pull']), next)
  })

  it('follows a repository to its new name', async (context) => {
    const world = await setting(context)
    const [folder, token] = [await emptyClone(context), await tokenOf(world)]
    world.simulator.repositories.rename(world.repository, 'production', world.alice)

    await git(folder, fetchArgs(world, token, 'main:main'))

    assert.equal(await gitText(folder, ['rev-parse', 'main']), world.repository.branches.get('main'))
  })

  for (const [name, options, status] of [
    ['a wrong token', { token: 'ghs_no' }, 401],
    ['no token', { token: '' }, 401],
    ['an App that may not read contents', { permissions: { checks: 'write', metadata: 'read' } }, 403],
  ] as const) {
    it(`refuses ${name}`, async (context) => {
      const world = await setting(
        context,
        'permissions' in options ? { permissions: options.permissions } : {},
      )
      const token = 'token' in options ? options.token : await tokenOf(world)
      const authorization = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
      const url = `${world.simulator.origin}/acme/deploy.git/info/refs?service=git-upload-pack`

      const response = await fetch(url, { headers: token === '' ? {} : { authorization } })
      await response.text()

      assert.equal(response.status, status)
      assert.equal(world.simulator.violations.length, status === 403 ? 1 : 0)
    })
  }

  it('takes no push', async (context) => {
    const world = await setting(context)
    const authorization = `Basic ${Buffer.from(`x-access-token:${await tokenOf(world)}`).toString('base64')}`
    const url = `${world.simulator.origin}/acme/deploy.git/info/refs?service=git-receive-pack`

    assert.equal((await fetch(url, { headers: { authorization } })).status, 403)
  })
})
