import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { CheckRun } from '../github-simulator/state.ts'
import { leakingManifest } from './support/secret.ts'
import { sharedWorld } from './support/shared-world.ts'
import { slowGit } from './support/slow-git.ts'
import { appId, concluded, manifest, pinned, policyPath, propose, runsOf, saying } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

const git = slowGit()
const { stage, world } = sharedWorld({ PATH: git.path })

describe('checks', { concurrency: 4, timeout: 120_000 }, () => {
  for (const [name, ask] of [
    [
      're-run',
      async ({ simulator, repository, alice }, run) => simulator.checks.rerequest(repository, run, alice),
    ],
    [
      'the button',
      async ({ simulator, repository, alice }, run) =>
        simulator.checks.press(repository, run, 'rescan', alice),
    ],
    [
      're-run all',
      ({ simulator, repository, alice }, run) =>
        simulator.checks.rerequestSuite(repository, run.suite, alice),
    ],
  ] as const satisfies readonly (readonly [string, Ask])[]) {
    it(`are made anew by ${name}, equal or not`, async () => {
      const at = await stage(`again-${name.replaceAll(' ', '-')}`)
      const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
      const first = await concluded(at, pull, 'action_required')

      await ask(at, first)

      const second = await concluded(at, pull, 'action_required', { after: first })
      assert.equal(second.title, first.title)
      assert.ok(Number(second.externalId) > Number(first.externalId))
    })
  }

  it('carry the worst outcome of the pull requests that share a head, and name each', async () => {
    const at = await stage('shared')
    const { simulator, repository, alice, bob, carol } = at
    const one = await propose(at, 'one', { 'apps/a.yaml': manifest('a') })
    await simulator.branches.move(repository, 'two', one.headSha, alice)
    const two = await simulator.pullRequests.open(repository, { branch: 'two', by: alice })
    await saying(at, one, /#2/)

    simulator.pullRequests.approve(repository, one, bob)
    await saying(at, one, /#1: passed/)

    const run = await concluded(at, one, 'action_required')
    assert.match(run.summary ?? '', /#1: passed/)
    assert.match(run.summary ?? '', /#2: waiting for approvals/)
    assert.match(run.title ?? '', /^Waiting \(#2\)/)
    await assert.rejects(
      () => simulator.pullRequests.merge(repository, one, { by: alice }),
      /Required status check "portcullis"/,
    )
    simulator.pullRequests.approve(repository, two, carol)
    await concluded(at, one, 'success')
  })

  it('no longer carry the outcome of a pull request that was closed', async () => {
    const at = await stage('closed-twin')
    const { simulator, repository, alice, bob } = at
    const one = await propose(at, 'one', { 'apps/a.yaml': manifest('a') })
    await simulator.branches.move(repository, 'two', one.headSha, alice)
    const two = await simulator.pullRequests.open(repository, { branch: 'two', by: alice })
    simulator.pullRequests.approve(repository, one, bob)
    await saying(at, one, /#1: passed/)

    await simulator.pullRequests.close(repository, two, alice)

    const run = await concluded(at, one, 'success')
    assert.doesNotMatch(run.summary ?? '', /#2/)
  })

  it('are one for each branch rule', async () => {
    const policy = [
      'version: 1',
      'branches:',
      '  - { name: production, match: [main], check: portcullis }',
      '  - { name: releases, match: ["release/*"], check: portcullis-release }',
      '  - { name: everything, match: ["**"], check: portcullis-all }',
      '',
    ].join('\n')
    const at = await stage('rules', {
      files: { [policyPath]: policy },
      ruleset: pinned(appId, 'portcullis', 'portcullis-all'),
    })
    const { simulator, repository, owner } = at
    await simulator.branches.move(repository, 'release/1', repository.branches.get('main') ?? '', owner)

    const toMain = await propose(at, 'a', { 'apps/a.yaml': leakingManifest('main') })
    const toRelease = await propose(at, 'b', { 'apps/b.yaml': manifest('b') }, { base: 'release/1' })

    await concluded(at, toMain, 'failure')
    await concluded(at, toMain, 'failure', { check: 'portcullis-all' })
    await concluded(at, toRelease, 'action_required', { check: 'portcullis-release' })
    await concluded(at, toRelease, 'action_required', { check: 'portcullis-all' })
    assert.deepEqual(runsOf(at, toMain, 'portcullis-release'), [])
    assert.deepEqual(runsOf(at, toRelease, 'portcullis'), [])
  })

  it('are neutral and have a name of their own in evaluate mode', async () => {
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    const policy = `version: 1\nmode: evaluate\nevaluate_until: ${until}\n`
    const at = await stage('trial', { files: { [policyPath]: policy } })

    const pull = await propose(at, 'a', { 'apps/a.yaml': leakingManifest('trial') })

    const run = await concluded(at, pull, 'neutral', { check: 'portcullis (evaluate)' })
    assert.match(run.title ?? '', /^Would block: /)
    assert.deepEqual(runsOf(at, pull, 'portcullis'), [])
  })

  it('are of a push what is on the guarded branch already', async () => {
    const at = await stage('pushed')
    const { simulator, repository, owner } = at
    const changes = { 'apps/leak.yaml': leakingManifest('push') }

    const head = await simulator.branches.commit(repository, {
      branch: 'main',
      changes,
      message: 'Past the gate',
      by: owner,
    })

    const run = await concluded(at, head, 'failure')
    assert.match(run.title ?? '', /^Already on main: /)
  })
})

describe('a check in progress', { timeout: 120_000 }, () => {
  it('is shown where an evaluation takes long', async () => {
    const at = await stage('slow')
    git.beSlow()

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    await at.simulator.until(() => runsOf(at, pull).at(-1)?.status === 'in_progress')
    assert.equal(runsOf(at, pull).at(-1)?.title, 'Evaluating')
    git.beQuick()
    await concluded(at, pull, 'action_required')
    assert.equal(runsOf(at, pull).length, 1)
  })

  it('was shown nowhere else, and no required name was ever neutral or skipped', async () => {
    await world().simulator.deliveries.settled()
    const runs = world()
      .simulator.deliveries.all.filter(({ event }) => event === 'check_run')
      .map(({ body }) => JSON.parse(body) as CheckRunPayload)

    const inProgress = runs.filter(({ check_run }) => check_run.status === 'in_progress')
    assert.deepEqual([...new Set(inProgress.map(({ repository }) => repository.full_name))], ['slow/deploy'])
    const required = runs.filter(({ check_run }) => !check_run.name.endsWith('(evaluate)'))
    for (const { check_run } of required)
      assert.ok(
        [null, 'success', 'failure', 'action_required'].includes(check_run.conclusion),
        check_run.name,
      )
    assert.ok(required.length > 10)
  })
})

type Ask = (at: Stage, run: CheckRun) => Promise<void>

interface CheckRunPayload {
  readonly repository: { readonly full_name: string }
  readonly check_run: { readonly name: string; readonly status: string; readonly conclusion: string | null }
}
