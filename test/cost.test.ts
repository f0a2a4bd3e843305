import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import type { LoggedRequest } from '../github-simulator/request-log.ts'
import type { Account, Installation, PullRequest, Repository } from '../github-simulator/state.ts'
import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'

interface Place {
  readonly repository: Repository
  readonly installation: Installation
}

let world: World
let alice: Account
let bob: Account
/** Without anything that is not needed. */
let plain: Place
/** With rulesets of both levels and a policy of the organisation. */
let governed: Place
/** Its pull request tells that time has passed: see {@link later}. */
let clock: Place
let clockPull: PullRequest

before(async () => {
  world = await startWorld()
  const { people, protection, repositories } = world.simulator
  alice = people.createUser('alice')
  bob = people.createUser('bob')
  plain = await place('plain')
  governed = await place('governed', async (owner, repository) => {
    const policy = 'gates: { reviews: { requirements: [{ name: all, count: 1, by: [write] }] } }\n'
    await repositories.create(owner, '.github', { content: { files: { 'portcullis.yml': policy } } })
    const rules = [{ type: 'non_fast_forward' }, { type: 'deletion' }]
    protection.addRuleset(repository, { name: 'guard', rules }, alice)
    protection.addOrganizationRuleset(owner, { name: 'guard all', rules })
  })
  clock = await place('clock')
  clockPull = await open(clock, 'tick')
  await later()
})
after(() => world.close())

describe('what a pull request costs', () => {
  for (const [name, at] of [
    ['without rulesets and an organisation policy', () => plain],
    ['with rulesets and an organisation policy', () => governed],
  ] as const) {
    it(`is at most 6 calls cold and 2 warm, ${name}`, async (t) => {
      const begin = world.simulator.requests.length
      const pull = await unheard(() => open(at(), 'cold'))
      await later()
      const cold = spent(at(), begin)

      const again = world.simulator.requests.length
      await unheard(() => push(at(), pull))
      await later()
      const warm = spent(at(), again)

      t.diagnostic(`cold ${cold.length}: ${cold.join(', ')}`)
      t.diagnostic(`warm ${warm.length}: ${warm.join(', ')}`)
      assert.ok(cold.length <= 6, cold.join('\n'))
      assert.ok(warm.length <= 2, warm.join('\n'))
    })
  }

  it('is at most 7 calls where the App has never heard of the organisation', async (t) => {
    const begin = world.simulator.requests.length
    const { at } = await unheard(async () => {
      const stranger = await place('stranger')
      return { at: stranger, pull: await open(stranger, 'first') }
    })
    await later()

    const calls = spent(at, begin)
    t.diagnostic(`${calls.length}: ${calls.join(', ')}`)
    assert.ok(calls.length <= 7, calls.join('\n'))
  })

  it('is one more call for the push itself, to a branch that nothing guards', async (t) => {
    const pull = await open(plain, 'pushed')
    await later()
    const begin = world.simulator.requests.length

    await push(plain, pull)
    await later()

    const calls = spent(plain, begin)
    t.diagnostic(`${calls.length}: ${calls.join(', ')}`)
    assert.ok(calls.length <= 3, calls.join('\n'))
  })
})

describe('deliveries', () => {
  it('about one pull request within 3 s cost at most two evaluations and two writes', async (t) => {
    const pull = await open(plain, 'many')
    await later()
    const begin = world.simulator.requests.length
    const known = evaluationsOf(pull)

    for (let index = 0; index < 30; index++)
      world.simulator.pullRequests.review(plain.repository, pull, {
        by: bob,
        state: index % 2 === 0 ? 'APPROVED' : 'CHANGES_REQUESTED',
        body: `${index}`,
      })
    await later()

    const evaluations = evaluationsOf(pull) - known
    const writes = sent(plain, begin).filter(({ method }) => method !== 'GET').length
    t.diagnostic(`${evaluations} evaluations, ${writes} writes`)
    assert.ok(evaluations >= 1 && evaluations <= 2, `${evaluations} evaluations`)
    assert.ok(writes <= 2, `${writes} writes`)
  })

  it('about a check run of another App cost nothing', async () => {
    const pull = await open(plain, 'foreign')
    await later()
    const begin = world.simulator.requests.length
    const ours = world.simulator.checks.latest(plain.repository, pull.headSha, 'portcullis')
    assert.ok(ours)
    const app = { ...ours.suite.app, id: 99, slug: 'other', name: 'other' }

    const wanted = { app, name: 'build', headSha: pull.headSha, by: alice }
    await world.simulator.checks.createForeign(plain.repository, { ...wanted, conclusion: 'failure' })
    await world.simulator.checks.createForeign(plain.repository, wanted)
    await later()

    assert.deepEqual(sent(plain, begin), [])
  })

  it('with a /rescan are always answered by a written check', async () => {
    const pull = await open(plain, 'rescan')
    await later()
    const { checks, comments } = world.simulator
    const runs = checks.of(plain.repository, pull.headSha).length

    for (const _ of [1, 2]) {
      const comment = comments.add(plain.repository, pull, '/rescan', bob)
      await world.simulator.until(() => comment.reactions.some(({ content }) => content === 'rocket'))
    }

    assert.equal(checks.of(plain.repository, pull.headSha).length, runs + 2)
  })
})

it('asks GitHub nothing that it would not take', () => assert.deepEqual(world.simulator.violations, []))

/** An organisation with a repository, where the App is installed. */
async function place(
  name: string,
  prepare: (owner: Account, repository: Repository) => Promise<void> = async () => undefined,
): Promise<Place> {
  const { people, repositories, installations } = world.simulator
  const owner = people.createOrganization(name)
  const repository = await repositories.create(owner, 'fleet', { content: { files: { 'a.txt': 'a' } } })
  for (const member of [alice, bob]) repositories.setCollaborator(repository, member, 'write', alice)
  await prepare(owner, repository)
  return { repository, installation: installations.install(owner, alice) }
}

async function open({ repository }: Place, branch: string): Promise<PullRequest> {
  const changes = { [`${branch}.txt`]: branch }
  await world.simulator.branches.commit(repository, { branch, changes, message: branch, by: alice })
  return world.simulator.pullRequests.open(repository, { branch, by: alice })
}

let pushes = 0

async function push({ repository }: Place, { head: { branch } }: PullRequest): Promise<void> {
  const changes = { 'more.txt': `${(pushes += 1)}` }
  await world.simulator.branches.commit(repository, { branch, changes, message: 'More', by: alice })
}

/** Sends only what happens to the pull request: the push of a branch is an event of its own. */
async function unheard<Result>(work: () => Promise<Result>): Promise<Result> {
  const { deliveries } = world.simulator
  await deliveries.settled()
  deliveries.hold()
  const result = await work()
  for (const delivery of deliveries.held) if (delivery.event !== 'pull_request') deliveries.drop(delivery)
  await deliveries.resume()
  return result
}

/**
 * After all that was caused until now: what comes within 3 s of a job waits for their end, so the second push to one
 * pull request is begun only after whatever waited before.
 */
async function later(): Promise<void> {
  const { checks, deliveries } = world.simulator
  await deliveries.settled()
  for (const _ of [1, 2]) {
    await push(clock, clockPull)
    await world.simulator.until(
      () => checks.latest(clock.repository, clockPull.headSha, 'portcullis')?.status === 'completed',
    )
  }
}

/** Every call of an installation since, tokens counted apart. */
function sent({ installation }: Place, since: number): LoggedRequest[] {
  const { requests } = world.simulator
  return requests.slice(since).filter((one) => one.kind === 'rest' && one.installation === installation.id)
}

function spent(at: Place, since: number): string[] {
  return sent(at, since)
    .filter(({ costsQuota }) => costsQuota)
    .map(({ method, route, status }) => `${method} ${route} ${status}`)
}

function evaluationsOf({ number }: PullRequest): number {
  const line = `"job":"evaluate-pull-request"`
  return world.app.output.filter(
    (text) =>
      text.includes(line) &&
      text.includes('"repository":"plain/fleet"') &&
      text.includes(`"number":${number},`) &&
      text.includes('"msg":"done"'),
  ).length
}
