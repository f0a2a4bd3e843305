import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'

import { gitText } from '../git.ts'
import { api, pick, setting, tokenOf } from '../testing.ts'

describe('a repository', () => {
  it('is made from a folder, with modes and links', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'content-'))
    context.after(() => rm(folder, { recursive: true, force: true }))
    await mkdir(join(folder, 'bin'))
    await writeFile(join(folder, 'bin', 'run'), 'x')
    await chmod(join(folder, 'bin', 'run'), 0o755)
    await symlink('bin/run', join(folder, 'link'))
    const { simulator, alice } = await setting(context)

    const repository = await simulator.repositories.create(alice, 'made', { content: { folder } })

    const listed = await gitText(repository.gitDirectory, [
      'ls-tree',
      '-r',
      '--format=%(objectmode) %(path)',
      'main',
    ])
    assert.equal(listed, '100755 bin/run\n120000 link')
  })

  it('is made of another one, and leaves that alone', async (context) => {
    const { simulator, repository, alice } = await setting(context)
    const copy = await simulator.repositories.create(alice, 'copy', {
      content: { copyOf: repository.gitDirectory },
    })

    await simulator.branches.commit(copy, { branch: 'main', changes: { new: '1' }, message: 'm', by: alice })

    assert.notEqual(copy.branches.get('main'), repository.branches.get('main'))
    assert.equal(
      await gitText(repository.gitDirectory, ['rev-parse', 'main']),
      repository.branches.get('main'),
    )
  })

  it('of 10,000 files is made at once', async (context) => {
    const { simulator, alice } = await setting(context)
    const names = Array.from({ length: 10_000 }, (_, index) => `apps/${index % 100}/${index}.yaml`)
    const files = Object.fromEntries(
      names.map((name) => [name, `kind: ConfigMap\nmetadata: { name: ${name} }\n`]),
    )

    const repository = await simulator.repositories.create(alice, 'large', { content: { files } })

    const listed = await gitText(repository.gitDirectory, ['ls-tree', '-r', '--name-only', 'main'])
    assert.equal(listed.split('\n').length, 10_000)
  })

  it('may use SHA-256', async (context) => {
    const { simulator, alice, bob } = await setting(context)
    const content = { files: { a: '1' } }

    const repository = await simulator.repositories.create(alice, 'long', { content, objectFormat: 'sha256' })
    const sha = await simulator.branches.commit(repository, {
      branch: 'x',
      changes: { a: '2' },
      message: 'm',
      by: bob,
    })

    assert.match(sha, /^[0-9a-f]{64}$/)
  })

  it('is gone for the App once it is deleted or belongs to someone else', async (context) => {
    const world = await setting(context)
    const { simulator, repository, organization, alice } = world
    const other = await simulator.repositories.create(organization, 'other', {
      content: { files: { a: '' } },
    })
    const token = await tokenOf(world)

    simulator.repositories.delete(other, alice)
    simulator.repositories.transfer(repository, alice, alice)

    const deleted = await api(world, token, 'GET /repos/acme/other')
    const transferred = await api(world, token, 'GET /repos/acme/deploy')
    assert.deepEqual([deleted.status, transferred.status], [404, 404])
  })
})

describe('a role', () => {
  it('is the strongest of all that were given', async (context) => {
    const world = await setting(context)
    const { simulator, organization, repository, alice, bob } = world
    const parent = simulator.people.createTeam(organization, 'Platform')
    const team = simulator.people.createTeam(organization, 'On call', { members: [bob], parent })
    simulator.repositories.setTeam(repository, parent, 'maintain', alice)
    const role = async (login: string) => {
      const path = `GET /repos/acme/deploy/collaborators/${login}/permission`
      const { body } = await api(world, await tokenOf(world), path)
      return `${String(pick(body, 'permission'))} ${String(pick(body, 'role_name'))}`
    }
    simulator.people.createUser('eve')

    const before = await role('bob')
    simulator.people.removeFromTeam(team, bob, alice)
    const after = await role('bob')

    assert.deepEqual(
      [before, after, await role('alice'), await role('eve')],
      ['write maintain', 'write write', 'admin admin', 'none none'],
    )
  })
})

describe('a branch', () => {
  it('that is renamed takes pull requests to it along, and closes those from it', async (context) => {
    const { simulator, repository, alice, bob } = await setting(context)
    await simulator.branches.commit(repository, { branch: 'x', changes: { a: '1' }, message: 'a', by: bob })
    const to = await simulator.pullRequests.open(repository, { branch: 'x', by: bob })

    await simulator.branches.rename(repository, { from: 'main', to: 'trunk', by: alice })
    const base = to.base
    await simulator.branches.rename(repository, { from: 'x', to: 'y', by: bob })

    assert.deepEqual([base, to.state, repository.defaultBranch], ['trunk', 'closed', 'trunk'])
    const refs = await gitText(repository.gitDirectory, ['for-each-ref', '--format=%(refname)'])
    assert.equal(refs, 'refs/heads/trunk\nrefs/heads/y\nrefs/pull/1/head')
  })

  it('takes commits that were made elsewhere', async (context) => {
    const { simulator, repository, alice } = await setting(context)
    const elsewhere = await simulator.repositories.fork(repository, alice)
    const sha = await simulator.branches.commit(elsewhere, {
      branch: 'x',
      changes: { a: '1' },
      message: 'a',
      by: alice,
    })

    await simulator.branches.pushFrom(repository, elsewhere.gitDirectory, { sha, branch: 'y', by: alice })

    assert.equal(repository.branches.get('y'), sha)
  })
})
