import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

import type { PullRequest, Repository } from '../github-simulator/state.ts'
import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'
import { openDatabase } from '../src/database/database.ts'
import type { Database } from '../src/database/database.ts'
import { json } from '../src/report/json.ts'
import { silentLog } from '../src/testing/silent-log.ts'
import { portcullis, run } from './support/command-line.ts'
import { within } from './support/deadline.ts'
import { setStage } from './support/stage.ts'
import type { Stage } from './support/stage.ts'
import { baseline, variedChanges } from './support/varied-changes.ts'

const exitCodes = { pass: 0, fail: 1, error: 3, waiting: 4 } as const

describe('the App and the command line', { timeout: 240_000, concurrency: 2 }, () => {
  let world: World
  let database: Database
  let at: Stage
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-same-'))
  const made = new Map<string, { repository: Repository; pull: PullRequest }>()

  before(async () => {
    world = await startWorld()
    at = await setStage(world, 'same', { ruleset: null })
    at.simulator.people.createTeam(at.organization, 'platform', { members: [at.carol] })
    for (const change of variedChanges) await make(change)
    await Promise.all([...made.values()].map(judged))
    await world.simulator.deliveries.settled()
    await world.app.stop()
    database = await openDatabase({ dataDir: world.dataDir }, { log: silentLog })
  })
  after(async () => {
    await database.close()
    const violations = [...world.simulator.violations]
    await world.close()
    rmSync(folder, { recursive: true, force: true })
    assert.deepEqual(violations, [])
  })

  async function make(varied: (typeof variedChanges)[number]): Promise<void> {
    const { name, files } = varied
    const { simulator, organization, owner, alice, bob, carol } = at
    const content = { files: { 'apps/shop.yaml': 'kind: A\n', ...baseline(), ...files } }
    const repository = await simulator.repositories.create(organization, `r${made.size}`, {
      content,
      author: owner,
    })
    for (const [member, role] of [
      [alice, 'write'],
      [bob, 'write'],
      [carol, 'maintain'],
    ] as const)
      repository.collaborators.set(member.login.toLowerCase(), role)
    made.set(name, { repository, pull: await varied.make({ ...at, repository }) })
  }

  /** Judged for the last time: no delivery and no job of it is left. */
  async function judged({ repository, pull }: { repository: Repository; pull: PullRequest }): Promise<void> {
    const { simulator } = world
    const found = () => simulator.checks.latest(repository, pull.headSha, 'portcullis')
    await within(
      simulator.until(() => found()?.status === 'completed'),
      () => `${repository.name}\n${world.app.output.slice(-20).join('\n')}`,
    )
    // A rescan reads what came after that evaluation, and is written whatever it says.
    const first = found()
    if (first !== undefined) simulator.checks.rerequest(repository, first, at.alice)
    await within(
      simulator.until(() => found() !== first && found()?.status === 'completed'),
      () => `${repository.name} again\n${world.app.output.slice(-20).join('\n')}`,
    )
  }

  for (const { name, outcome } of variedChanges) {
    it(`give the same verdict on a change: ${name}`, async () => {
      const { repository, pull } = made.get(name) ?? assert.fail('it was not made')
      const key = { installation: at.installation.id, repository: repository.id }
      const row = await database.stores.evaluations.latest(
        { ...key, subject: `pull/${pull.number}` },
        'portcullis',
      )
      const clone = join(folder, repository.name)
      await run('git', ['clone', '--quiet', '--no-checkout', repository.gitDirectory, clone])
      await run('git', ['-C', clone, 'fetch', '--quiet', 'origin', '+refs/pull/*:refs/remotes/pull/*'])
      const environment = {
        GITHUB_TOKEN: at.simulator.people.createToken(at.owner),
        GHE_HOST: world.simulator.host,
        GHE_PROTOCOL: 'http',
      }
      const reference = `${repository.owner.login}/${repository.name}#${pull.number}`
      const facts = await portcullis(['facts', reference], environment)
      assert.equal(facts.code, 0, facts.stderr)
      writeFileSync(`${clone}.json`, facts.stdout)

      const range = `${repository.branches.get(pull.base)}..${pull.headSha}`
      const checked = await portcullis([
        'check',
        range,
        '-C',
        clone,
        '--facts',
        `${clone}.json`,
        '-f',
        'json',
      ])

      assert.equal(row?.outcome, outcome, JSON.stringify(row?.verdict.findings))
      assert.equal(checked.code, exitCodes[outcome], checked.stderr)
      assert.equal(withoutTimes(checked.stdout), withoutTimes(row === null ? '' : json(row.verdict)))
    })
  }
})

function withoutTimes(text: string): string {
  return text.replaceAll(/"ms": [\d.e-]+/g, '"ms": 0')
}
