import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'

import { PGlite } from '@electric-sql/pglite'

import { logged } from './support/logged.ts'
import { sharedWorld } from './support/shared-world.ts'
import { concluded, manifest, propose, runsOf } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

const { stage, world } = sharedWorld()

/** Waits until nothing of the App knows of the repository any more, or will. */
const forgotten = ({ organization }: Stage, job: string) =>
  logged(world(), new RegExp(`"job":"${job}".*"${organization.login}/.*"msg":"(done|nothing left to judge)"`))

describe('an installation', { concurrency: 4, timeout: 120_000 }, () => {
  it('has its open pull requests evaluated when the App is installed', async () => {
    const at = await stage('late')
    at.simulator.installations.uninstall(at.installation, at.owner)
    await at.simulator.deliveries.settled()
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    assert.deepEqual(runsOf(at, pull), [])

    at.simulator.installations.install(at.organization, at.owner)

    await concluded(at, pull, 'action_required')
  })

  it('gets a repository later, and its open pull requests evaluated', async () => {
    const at = await stage('selected')
    const { simulator, repository, organization, owner, installation } = at
    simulator.installations.uninstall(installation, owner)
    const other = await simulator.repositories.create(organization, 'other', { content: { isEmpty: true } })
    const selected = simulator.installations.install(organization, owner, [other])
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    simulator.installations.addRepositories(selected, [repository], owner)

    await concluded(at, pull, 'action_required')
    simulator.installations.removeRepositories(selected, [repository], owner)
    const mirror = join(world().dataDir, 'mirrors', String(selected.id), `${repository.id}.git`)
    await logged(world(), new RegExp(`"update-installation".*"installation":${selected.id},"ms"`))
    await simulator.until(() => !existsSync(mirror))
  })

  it('is suspended and taken up again', async () => {
    const at = await stage('suspended')
    const { simulator, installation, owner, repository, alice } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    await concluded(at, pull, 'action_required')

    simulator.installations.suspend(installation, owner)
    await simulator.branches.commit(repository, {
      branch: 'a',
      changes: { 'apps/b.yaml': manifest('b') },
      message: 'Meanwhile',
      by: alice,
    })
    await simulator.deliveries.settled()
    simulator.installations.unsuspend(installation, owner)

    await concluded(at, pull, 'action_required')
  })
})

describe('a repository', { timeout: 120_000 }, () => {
  it('that is renamed before its delivery is read is judged under its new name', async () => {
    const at = await stage('renamed')
    const { simulator, repository, owner, bob } = at
    simulator.deliveries.hold()
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    simulator.repositories.rename(repository, 'fleet', owner)

    await simulator.deliveries.resume()

    await concluded(at, pull, 'action_required')
    simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'success')
    const run = runsOf(at, pull).at(-1)
    if (run !== undefined) simulator.checks.rerequest(repository, run, bob)
    await concluded(at, pull, 'success', run === undefined ? {} : { after: run })
  })

  for (const [name, act] of [
    ['deleted', ({ simulator, repository, owner }) => simulator.repositories.delete(repository, owner)],
    ['archived', ({ simulator, repository, owner }) => simulator.repositories.archive(repository, owner)],
    [
      'transferred',
      ({ simulator, repository, owner }) =>
        simulator.repositories.transfer(repository, simulator.people.createOrganization('elsewhere'), owner),
    ],
  ] as const satisfies readonly (readonly [string, (at: Stage) => void])[]) {
    it(`that is ${name} before its delivery is read gets no check, and no job is left`, async () => {
      const at = await stage(name)
      const { simulator } = at
      simulator.deliveries.hold()
      const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
      act(at)

      await simulator.deliveries.resume()

      await forgotten(at, 'evaluate-pull-request')
      assert.deepEqual(runsOf(at, pull), [])
    })
  }
})

describe('an App that is removed', { timeout: 120_000 }, () => {
  it('leaves nothing of the installation behind', async () => {
    const at = await stage('removed')
    const { simulator, installation, owner } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    await concluded(at, pull, 'action_required')
    const mirrors = join(world().dataDir, 'mirrors', String(installation.id))
    assert.ok(existsSync(mirrors))

    simulator.installations.uninstall(installation, owner)
    // The first time was when it was installed.
    await logged(world(), new RegExp(`"update-installation".*"installation":${installation.id},"ms"`), 2)
    await simulator.deliveries.settled()
    await world().app.stop()

    assert.equal(existsSync(mirrors), false)
    assert.deepEqual(await rowsOf(installation.id), {})
    await world().restart()
  })
})

/**
 * How many rows each table still has of an installation, where it has any. The job that purges cannot purge itself: when
 * it last ran is forgotten a minute later.
 */
async function rowsOf(installation: number): Promise<Record<string, number>> {
  const database = await PGlite.create(join(world().dataDir, 'database'))
  const { rows: tables } = await database.query<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = 'portcullis' and column_name = 'installation'",
  )
  const left: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await database.query<{ count: number }>(
      `select count(*)::int as count from portcullis.${name} where installation = $1${name === 'jobs' ? " and (waiting is not null or running is not null or name <> 'update-installation')" : ''}`,
      [installation],
    )
    if ((rows[0]?.count ?? 0) > 0) left[name] = rows[0]?.count ?? 0
  }
  await database.close()
  assert.ok(tables.length > 5)
  return left
}
