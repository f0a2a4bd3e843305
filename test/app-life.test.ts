import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { logged } from './support/logged.ts'
import { leakingManifest } from './support/secret.ts'
import { sharedWorld } from './support/shared-world.ts'
import { concluded, manifest, propose, runsOf, saying } from './support/stage.ts'

describe('the life of a pull request', { concurrency: 4, timeout: 120_000 }, () => {
  const { stage } = sharedWorld()

  it('is blocked, repaired, approved and merged', async () => {
    const at = await stage('whole-life')
    const { simulator, repository, alice, bob } = at
    const pull = await propose(at, 'leak', { 'apps/leak.yaml': leakingManifest('life') })

    const blocked = await concluded(at, pull, 'failure')
    assert.match(blocked.title ?? '', /^Blocked: .*apps\/leak\.yaml/)
    assert.deepEqual(
      blocked.annotations.map(({ path, start_line }) => [path, start_line]),
      [['apps/leak.yaml', 6]],
    )
    const merge = () => simulator.pullRequests.merge(repository, pull, { by: alice })
    await assert.rejects(merge, /Required status check "portcullis"/)

    const parents = [repository.branches.get('main') ?? '']
    const fixed = { branch: 'leak', changes: { 'apps/ok.yaml': manifest('ok') }, message: 'Fix', by: alice }
    await simulator.branches.commit(repository, { ...fixed, parents })
    const waiting = await concluded(at, pull, 'action_required')
    assert.match(waiting.title ?? '', /^Waiting for 1 approval/)
    await assert.rejects(merge, /Required status check "portcullis"/)

    simulator.pullRequests.approve(repository, pull, bob)
    const passed = await concluded(at, pull, 'success')
    assert.match(passed.title ?? '', /^Passed/)
    const merged = await merge()
    assert.equal(repository.branches.get('main'), merged)
  })

  it('finds a secret that a later commit removes', async () => {
    const at = await stage('history')
    const { simulator, repository, alice, bob } = at
    const pull = await propose(at, 'leak', { 'apps/leak.yaml': leakingManifest('history') })
    await concluded(at, pull, 'failure')

    const changes = { 'apps/leak.yaml': null }
    await simulator.branches.commit(repository, { branch: 'leak', changes, message: 'Remove', by: alice })
    simulator.pullRequests.approve(repository, pull, bob)

    const run = await concluded(at, pull, 'failure')
    assert.match(run.summary ?? '', /leak\.yaml/)
    assert.deepEqual(run.annotations, [])
  })

  it('does not count the approval of whoever wrote a part of it', async () => {
    const at = await stage('own-approval')
    const { simulator, repository, alice, bob, carol } = at
    const changes = { 'apps/b.yaml': manifest('b') }
    await simulator.branches.commit(repository, { branch: 'b', changes, message: 'Mine', by: alice })
    const pull = await simulator.pullRequests.open(repository, { branch: 'b', by: bob })

    simulator.pullRequests.approve(repository, pull, alice)
    const run = await saying(at, pull, /alice-own-approval does not count/)
    assert.match(run.title ?? '', /^Waiting for 1 approval/)

    simulator.pullRequests.approve(repository, pull, carol)
    await concluded(at, pull, 'success')
  })

  it('does not count the approval of somebody who may only read', async () => {
    const at = await stage('reader')
    const pull = await propose(at, 'c', { 'apps/c.yaml': manifest('c') })
    await concluded(at, pull, 'action_required')

    at.simulator.pullRequests.approve(at.repository, pull, at.dora)

    const run = await saying(at, pull, /dora-reader/)
    assert.equal(run.conclusion, 'action_required')
  })

  it('is blocked by an objection until that is dismissed or withdrawn', async () => {
    const at = await stage('objection')
    const { simulator, repository, owner, bob, carol } = at
    const pull = await propose(at, 'd', { 'apps/d.yaml': manifest('d') })
    simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'success')

    const objection = simulator.pullRequests.requestChanges(repository, pull, carol)
    const blocked = await concluded(at, pull, 'failure')
    assert.match(blocked.summary ?? '', /carol-objection requested changes/)
    simulator.pullRequests.dismiss(repository, pull, objection, owner)
    await concluded(at, pull, 'success')

    simulator.pullRequests.requestChanges(repository, pull, carol)
    await concluded(at, pull, 'failure')
    simulator.pullRequests.approve(repository, pull, carol)
    await concluded(at, pull, 'success')
  })

  it('waits again when an approval is dismissed', async () => {
    const at = await stage('dismissed')
    const { simulator, repository, owner, bob } = at
    const pull = await propose(at, 'e', { 'apps/e.yaml': manifest('e') })
    const approval = simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'success')

    simulator.pullRequests.dismiss(repository, pull, approval, owner)

    await concluded(at, pull, 'action_required')
  })

  it('needs another approval when a forced push changes what was approved', async () => {
    const at = await stage('forced')
    const { simulator, repository, alice, bob } = at
    const pull = await propose(at, 'f', { 'apps/f.yaml': manifest('f') })
    simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'success')

    const parents = [repository.branches.get('main') ?? '']
    const changes = { 'apps/f.yaml': manifest('something-else') }
    await simulator.branches.commit(repository, {
      branch: 'f',
      changes,
      message: 'Other',
      by: alice,
      parents,
    })

    const run = await concluded(at, pull, 'action_required')
    assert.match(run.text ?? '', /bob-forced does not count/)
    simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'success')
  })

  it('keeps an approval over a forced push that changes nothing', async () => {
    const at = await stage('reworded')
    const { simulator, repository, alice, bob } = at
    const changes = { 'apps/f.yaml': manifest('f') }
    const pull = await propose(at, 'f', changes)
    simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'success')

    const parents = [repository.branches.get('main') ?? '']
    await simulator.branches.commit(repository, {
      branch: 'f',
      changes,
      message: 'Better',
      by: alice,
      parents,
    })

    await concluded(at, pull, 'success')
  })

  it('is judged in full as a draft, and says so', async () => {
    const at = await stage('draft')
    const { simulator, repository, alice } = at
    const pull = await propose(at, 'g', { 'apps/g.yaml': leakingManifest('draft') }, { isDraft: true })

    const draft = await concluded(at, pull, 'failure')
    assert.match(draft.title ?? '', /^Draft: /)
    await simulator.pullRequests.setDraft(repository, pull, false, alice)

    const ready = await concluded(at, pull, 'failure', { after: draft })
    assert.match(ready.title ?? '', /^Blocked: /)
  })

  it('is judged against its new base', async () => {
    const at = await stage('retarget')
    const { simulator, repository, owner, alice } = at
    const main = repository.branches.get('main') ?? ''
    await simulator.branches.move(repository, 'scratch', main, owner)
    const pull = await propose(at, 'h', { 'apps/h.yaml': leakingManifest('base') }, { base: 'scratch' })
    // The push to the branch itself is not guarded either: nothing is ever posted before the base changes.
    await simulator.pullRequests.edit(repository, pull, { by: alice, base: 'main' })

    const run = await concluded(at, pull, 'failure')

    assert.equal(runsOf(at, pull).length, 1)
    assert.match(run.summary ?? '', /`main@/)
  })

  it('is warned of a secret in an edited title, which no commit could repair', async () => {
    const at = await stage('title')
    const { simulator, repository, alice } = at
    const pull = await propose(at, 'i', { 'apps/i.yaml': manifest('i') })
    const before = await concluded(at, pull, 'action_required')

    const title = leakingManifest('title').trim().split('\n').at(-1) ?? ''
    await simulator.pullRequests.edit(repository, pull, { by: alice, title })

    const run = await concluded(at, pull, 'action_required', { after: before })
    assert.match(run.text ?? '', /it stands in the title/)
    assert.ok(!JSON.stringify(run, (key, value: unknown) => (key === 'suite' ? null : value)).includes(title))
  })

  it('writes nothing for a label that changes nothing', async () => {
    const at = await stage('label')
    const { simulator, repository, alice } = at
    const pull = await propose(at, 'j', { 'apps/j.yaml': manifest('j') })
    await concluded(at, pull, 'action_required')

    await simulator.pullRequests.addLabel(repository, pull, 'area/shop', alice)

    await logged(at.world, /"label\/deploy".*"outcome":"unchanged"/)
    assert.equal(runsOf(at, pull).length, 1)
  })

  it('is left alone while it is closed, and evaluated when it is opened again', async () => {
    const at = await stage('reopened')
    const { simulator, repository, alice, bob } = at
    const pull = await propose(at, 'k', { 'apps/k.yaml': manifest('k') })
    await concluded(at, pull, 'action_required')

    await simulator.pullRequests.close(repository, pull, alice)
    await logged(at.world, /"clean-up-pull-request".*"reopened\/deploy".*"msg":"done"/)
    simulator.pullRequests.approve(repository, pull, bob)
    await simulator.deliveries.settled()
    await simulator.pullRequests.reopen(repository, pull, alice)

    await concluded(at, pull, 'success')
    assert.equal(runsOf(at, pull).length, 2)
  })

  it('may come from a fork', async () => {
    const at = await stage('forked')
    const { simulator, repository, dora, bob, carol } = at
    const fork = await simulator.repositories.fork(repository, dora)
    const commit = { branch: 'l', message: 'From outside', by: dora }
    await simulator.branches.commit(fork, { ...commit, changes: { 'apps/l.yaml': leakingManifest('fork') } })
    const pull = await simulator.pullRequests.open(repository, { branch: 'l', by: dora, from: fork })
    await concluded(at, pull, 'failure')

    const parents = [repository.branches.get('main') ?? '']
    await simulator.branches.commit(fork, { ...commit, changes: { 'apps/l.yaml': manifest('l') }, parents })
    await concluded(at, pull, 'action_required')
    simulator.pullRequests.approve(repository, pull, bob)
    // Who pushed to a fork that the App cannot read is unknown, and may have been bob.
    simulator.pullRequests.approve(repository, pull, carol)

    await concluded(at, pull, 'success')
  })

  it('has no check against a branch that is not guarded', async () => {
    const at = await stage('unguarded')
    const { simulator, repository, owner } = at
    await simulator.branches.move(repository, 'scratch', repository.branches.get('main') ?? '', owner)

    const pull = await propose(at, 'm', { 'apps/m.yaml': leakingManifest('free') }, { base: 'scratch' })

    await logged(at.world, /"evaluate-pull-request".*"unguarded\/deploy".*"msg":"done"/)
    assert.deepEqual(simulator.checks.of(repository, pull.headSha), [])
  })
})
