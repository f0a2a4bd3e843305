import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import type { Account, PullRequest, Repository } from '../github-simulator/state.ts'
import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'

const check = 'portcullis'
let world: World
let alice: Account
let bob: Account
let carol: Account
let repository: Repository

before(async () => {
  world = await startWorld()
  const { people, repositories, installations } = world.simulator
  const organization = people.createOrganization('acme')
  ;[alice, bob, carol] = [people.createUser('alice'), people.createUser('bob'), people.createUser('carol')]
  for (const member of [alice, bob, carol]) people.addMember(organization, member)
  repository = await repositories.create(organization, 'deploy', {
    content: { files: { 'a.yaml': 'x: 1\n' } },
    isPrivate: false,
  })
  for (const member of [alice, bob, carol])
    repositories.setCollaborator(repository, member, 'write', organization)
  installations.install(organization, alice)
})
after(() => world.close())

function conclusion(pull: PullRequest) {
  return world.simulator.checks.latest(repository, pull.headSha, check)?.conclusion ?? null
}

/** Alice opens what Bob has pushed under her name. */
async function pushedByBob(branch: string, from: Repository): Promise<PullRequest> {
  const { branches, pullRequests } = world.simulator
  await branches.commit(from, {
    branch,
    changes: { [`${branch}.yaml`]: 'x: 2\n' },
    message: 'Change it',
    by: bob,
    author: alice,
  })
  const pull = await pullRequests.open(repository, { branch, from, by: alice })
  await world.simulator.until(() => conclusion(pull) === 'action_required')
  return pull
}

function activityCalls(): number {
  return world.simulator.requests.filter(({ path }) => path.includes('/activity')).length
}

describe('somebody who pushed what another wrote', () => {
  it('cannot approve it, and somebody else can', async () => {
    const { simulator } = world
    const pull = await pushedByBob('topic', repository)
    const callsBefore = activityCalls()

    simulator.pullRequests.approve(repository, pull, bob)
    await simulator.until(() => isRefused(pull))
    const byPusher = conclusion(pull)
    simulator.pullRequests.approve(repository, pull, carol)
    await simulator.until(() => conclusion(pull) === 'success')

    assert.equal(callsBefore, 0, 'it was asked before anybody had approved')
    assert.equal(byPusher, 'action_required')
    assert.deepEqual(simulator.violations, [])
  })

  it('cannot approve it from a fork either', async () => {
    const { simulator } = world
    const pull = await pushedByBob('from-fork', await simulator.repositories.fork(repository, bob))

    simulator.pullRequests.approve(repository, pull, bob)
    await simulator.until(() => isRefused(pull))

    assert.equal(conclusion(pull), 'action_required')
    assert.deepEqual(simulator.violations, [])
  })
})

function isRefused(pull: PullRequest): boolean {
  return /this person pushed to the change/.test(textOf(pull))
}

function textOf(pull: PullRequest): string {
  const run = world.simulator.checks.latest(repository, pull.headSha, check)
  return `${run?.summary ?? ''}\n${run?.text ?? ''}`
}
