import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'

import { Refusal } from './answer.ts'
import { findCommit } from './history.ts'
import type { Setting } from './testing.ts'
import { api, appId, pick, setting, tokenOf } from './testing.ts'

/** A pull request that needs the check `portcullis` of our App. */
async function guarded(context: TestContext, way: 'ruleset' | 'classic' = 'ruleset') {
  const world = await setting(context)
  const { simulator, repository, alice, bob } = world
  if (way === 'classic') {
    const checks = [{ context: 'portcullis', appId }]
    simulator.protection.protect(repository, 'main', { requiredChecks: { strict: false, checks } }, alice)
  } else {
    const parameters = {
      strict_required_status_checks_policy: false,
      required_status_checks: [{ context: 'portcullis', integration_id: appId }],
    }
    const rules = [{ type: 'required_status_checks', parameters }]
    simulator.protection.addRuleset(repository, { name: 'gate', rules }, alice)
  }
  await simulator.branches.commit(repository, {
    branch: 'x',
    changes: { new: '1\n' },
    message: 'Add',
    by: bob,
  })
  const pull = await simulator.pullRequests.open(repository, { branch: 'x', by: bob })
  return { ...world, pull, token: simulator.people.createToken(bob) }
}

async function conclude(
  { simulator, installation, pull }: Setting & { pull: { headSha: string } },
  conclusion: string,
) {
  const body = { name: 'portcullis', head_sha: pull.headSha, conclusion }
  const token = await tokenOf({ simulator, installation })
  await api({ simulator }, token, 'POST /repos/acme/deploy/check-runs', { body })
}

describe('a merge', () => {
  for (const way of ['ruleset', 'classic'] as const) {
    it(`is refused until the check that a ${way} rule requires has succeeded`, async (context) => {
      const world = await guarded(context, way)
      const merge = () => api(world, world.token, 'PUT /repos/acme/deploy/pulls/1/merge')

      const missing = await merge()
      await conclude(world, 'failure')
      const failing = await merge()
      await conclude(world, 'success')
      const merged = await merge()

      assert.deepEqual(
        [missing, failing, merged].map(({ status }) => status),
        [405, 405, 200],
      )
      assert.equal(pick(missing.body, 'message'), 'Required status check "portcullis" is expected.')
      assert.equal(pick(failing.body, 'message'), 'Required status check "portcullis" is failing.')
      assert.deepEqual(world.simulator.violations, [])
    })
  }

  for (const [conclusion, isMerged] of [
    ['neutral', true],
    ['skipped', true],
    ['action_required', false],
    ['cancelled', false],
    ['timed_out', false],
  ] as const) {
    it(`is ${isMerged ? 'allowed' : 'refused'} after ${conclusion}`, async (context) => {
      const world = await guarded(context)
      await conclude(world, conclusion)

      const reply = await api(world, world.token, 'PUT /repos/acme/deploy/pulls/1/merge')

      assert.equal(reply.status, isMerged ? 200 : 405)
    })
  }

  it('is refused when another App made the check that ours has to make', async (context) => {
    const world = await guarded(context)
    const app = { id: 99, slug: 'other', name: 'other' }
    const { headSha } = world.pull
    await world.simulator.checks.createForeign(world.repository, {
      app,
      name: 'portcullis',
      headSha,
      conclusion: 'success',
      by: world.bob,
    })

    assert.equal((await api(world, world.token, 'PUT /repos/acme/deploy/pulls/1/merge')).status, 405)
  })

  it('is refused again when a newer run of the check is not finished', async (context) => {
    const world = await guarded(context)
    await conclude(world, 'success')
    const body = { name: 'portcullis', head_sha: world.pull.headSha, status: 'in_progress' }
    await api(world, await tokenOf(world), 'POST /repos/acme/deploy/check-runs', { body })

    const reply = await api(world, world.token, 'PUT /repos/acme/deploy/pulls/1/merge')

    assert.equal(pick(reply.body, 'message'), 'Required status check "portcullis" is in progress.')
  })

  it('is refused for a draft, a conflict, a moved head and who may not write', async (context) => {
    const world = await guarded(context)
    const { simulator, repository, pull, alice, bob } = world
    await conclude(world, 'success')
    const eve = simulator.people.createUser('eve')
    repository.collaborators.set('eve', 'read')
    const merge = async (token: string, body?: object) =>
      (await api(world, token, 'PUT /repos/acme/deploy/pulls/1/merge', { body })).status
    const statuses: number[] = []

    statuses.push(await merge(simulator.people.createToken(eve)))
    statuses.push(await merge(world.token, { sha: '0'.repeat(40) }))
    await simulator.pullRequests.setDraft(repository, pull, true, bob)
    statuses.push(await merge(world.token))
    await simulator.pullRequests.setDraft(repository, pull, false, bob)
    await simulator.branches.commit(repository, {
      branch: 'main',
      changes: { new: '2\n' },
      message: 'b',
      by: alice,
    })
    statuses.push(await merge(world.token))

    assert.deepEqual(statuses, [403, 409, 405, 405])
  })

  it('makes a commit with both parents, closes the pull request and pushes', async (context) => {
    const world = await guarded(context)
    const { simulator, repository, pull, bob } = world
    const base = repository.branches.get('main') ?? ''
    await conclude(world, 'success')
    const before = simulator.deliveries.all.length

    const sha = await simulator.pullRequests.merge(repository, pull, { by: bob })

    const commit = await findCommit(repository, 'main')
    assert.equal(commit?.sha, sha)
    assert.deepEqual(commit?.parents, [base, pull.headSha])
    assert.match(commit?.message ?? '', /^Merge pull request #1 from acme\/x\n\nx/)
    const happened = simulator.deliveries.all
      .slice(before)
      .map(({ event, action }) => `${event} ${action ?? ''}`)
    assert.deepEqual(happened, ['push ', 'check_suite requested', 'pull_request closed'])
    assert.equal(pick(JSON.parse(simulator.deliveries.all.at(-1)?.body ?? ''), 'pull_request.merged'), true)
  })

  it('goes past the rules for who may bypass them, and not for others', async (context) => {
    const { simulator, repository, pull, alice } = await guarded(context)

    await assert.rejects(simulator.pullRequests.merge(repository, pull, { by: alice }), Refusal)
    await simulator.pullRequests.merge(repository, pull, { by: alice, bypassesRules: true })

    assert.notEqual(pull.merge, null)
  })

  it('needs the approvals that a rule asks for', async (context) => {
    const world = await setting(context)
    const { simulator, repository, alice, bob } = world
    const reviews = { count: 1, dismissStale: true, codeOwners: false, lastPush: false }
    simulator.protection.protect(repository, 'main', { reviews }, alice)
    await simulator.branches.commit(repository, { branch: 'x', changes: { a: '1' }, message: 'a', by: bob })
    const pull = await simulator.pullRequests.open(repository, { branch: 'x', by: bob })
    simulator.pullRequests.approve(repository, pull, alice)
    await simulator.branches.commit(repository, { branch: 'x', changes: { a: '2' }, message: 'b', by: bob })

    const stale = simulator.pullRequests.merge(repository, pull, { by: bob })

    await assert.rejects(stale, /At least 1 approving review is required/)
    simulator.pullRequests.approve(repository, pull, alice)
    await simulator.pullRequests.merge(repository, pull, { by: bob })
    assert.equal(pull.state, 'closed')
  })

  it('is also what a push of the head to the base branch is', async (context) => {
    const { simulator, repository, pull, alice } = await guarded(context)

    await simulator.branches.move(repository, 'main', pull.headSha, alice)

    assert.deepEqual([pull.state, pull.merge?.sha], ['closed', pull.headSha])
  })
})
