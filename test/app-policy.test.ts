import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { leakingManifest } from './support/secret.ts'
import { sharedWorld } from './support/shared-world.ts'
import { appId, concluded, manifest, pinned, policyPath, propose, saying } from './support/stage.ts'

const approvals = (count: number) =>
  `version: 1\ngates:\n  reviews:\n    requirements:\n      - { name: everything, count: ${count}, by: [write] }\n`

describe('the policy', { concurrency: 4, timeout: 120_000 }, () => {
  const { stage } = sharedWorld()

  it('judges the open pull requests anew when a new one is merged', async () => {
    const at = await stage('merged')
    const { simulator, repository, bob, carol, alice } = at
    const open = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    await concluded(at, open, 'action_required')

    const change = await propose(at, 'policy', { [policyPath]: approvals(2) })
    await concluded(at, change, 'action_required')
    simulator.pullRequests.approve(repository, change, bob)
    await saying(at, change, /\(carol-merged or owner-merged can give it\)/)
    simulator.pullRequests.approve(repository, change, carol)
    await concluded(at, change, 'success')
    const merged = await simulator.pullRequests.merge(repository, change, { by: alice })

    await saying(at, open, /Waiting for 2 approvals/)
    await concluded(at, merged, 'success')
  })

  it('of the organisation holds in every repository, and judges all anew when it changes', async () => {
    const at = await stage('organisation', { files: { [policyPath]: 'version: 1\n' } })
    const { simulator, repository, organization, owner, bob } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'success')

    const content = { files: { 'README.md': 'Ours\n' } }
    const own = await simulator.repositories.create(organization, '.github', { content })
    const commit = { branch: 'main', message: 'Stricter', by: owner }
    await simulator.branches.commit(own, { ...commit, changes: { 'portcullis.yml': approvals(2) } })

    const waiting = await concluded(at, pull, 'action_required')
    assert.match(waiting.title ?? '', /^Waiting for 1 approval/)
    await simulator.branches.commit(own, { ...commit, changes: { 'portcullis.yml': null } })
    await concluded(at, pull, 'success')
  })

  it('may not be weaker than that of the organisation', async () => {
    const at = await stage('weaker', { files: { [policyPath]: approvals(1) } })
    const content = { files: { 'portcullis.yml': approvals(2) } }
    await at.simulator.repositories.create(at.organization, '.github', { content })

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    const run = await concluded(at, pull, 'failure')
    assert.match(run.title ?? '', /^Cannot evaluate: .github\/portcullis.yml is not valid/)
    assert.match(run.summary ?? '', /weaker\/\.github/)
  })

  it('of a change judges the next one, not itself', async () => {
    const at = await stage('self')
    const off = 'version: 1\ngates:\n  secrets: { fail_on: never }\n'
    const changes = { [policyPath]: off, 'apps/leak.yaml': leakingManifest('self') }

    const pull = await propose(at, 'a', changes)

    const run = await concluded(at, pull, 'failure')
    assert.match(run.summary ?? '', /apps\/leak\.yaml/)
  })

  it('that is not valid stops every change but its repair', async () => {
    const at = await stage('broken', { files: { [policyPath]: 'version: 1\ngates:\n  secret: {}\n' } })
    const { simulator, repository, carol, bob, alice } = at

    const other = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    const stopped = await concluded(at, other, 'failure')
    assert.match(
      stopped.title ?? '',
      /^Cannot evaluate: .github\/portcullis.yml is not valid \(its owners act\)/,
    )
    assert.match(stopped.summary ?? '', /portcullis\.yml:3:3/)
    assert.match(stopped.summary ?? '', /unknown key "secret" in gates – did you mean "secrets"\?/)

    const mixed = await propose(at, 'b', { [policyPath]: approvals(1), 'apps/b.yaml': manifest('b') })
    await concluded(at, mixed, 'failure')
    const repair = await propose(at, 'c', { [policyPath]: approvals(1) })
    await concluded(at, repair, 'action_required')
    simulator.pullRequests.approve(repository, repair, bob)
    simulator.pullRequests.approve(repository, repair, carol)
    await concluded(at, repair, 'success')
    await simulator.pullRequests.merge(repository, repair, { by: alice })

    await concluded(at, other, 'action_required')
  })

  it('is held against the protection of the branch, also when that changes', async () => {
    const at = await stage('protection', { ruleset: null })
    const { simulator, repository, owner } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    const before = await concluded(at, pull, 'action_required')
    assert.match(before.summary ?? '', /The check portcullis is not required on main/)

    simulator.protection.addRuleset(repository, pinned(appId, 'portcullis'), owner)
    const after = await concluded(at, pull, 'action_required', { after: before })
    assert.match(after.summary ?? '', /3 of 4 guarantees hold/)
    assert.doesNotMatch(after.summary ?? '', /is not required on main/)

    const [ruleset] = repository.rulesets
    if (ruleset !== undefined)
      simulator.protection.editRuleset(repository, ruleset, { enforcement: 'disabled' }, owner)
    const disabled = await concluded(at, pull, 'action_required', { after })
    assert.match(disabled.summary ?? '', /is not required on main/)
  })

  it('follows who is in a team', async () => {
    const policy =
      'version: 1\ngates:\n  reviews:\n    requirements:\n      - { name: platform, count: 1, by: ["@teams/platform"] }\n'
    const at = await stage('teams', { files: { [policyPath]: policy } })
    const { simulator, repository, organization, owner, bob, carol } = at
    const team = simulator.people.createTeam(organization, 'platform', { members: [carol] })
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'action_required')

    simulator.people.addToTeam(team, bob, owner)

    await concluded(at, pull, 'success')
  })

  it('loses an approval with the right of who gave it', async () => {
    const at = await stage('right')
    const { simulator, repository, owner, bob } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    simulator.pullRequests.approve(repository, pull, bob)
    await concluded(at, pull, 'success')

    simulator.repositories.removeCollaborator(repository, bob, owner)

    await concluded(at, pull, 'action_required')
  })
})
