import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'

import { z } from 'zod'

import { appId, pick, setting, tokenOf, api } from '../testing.ts'

const Payload = z.record(z.string(), z.unknown())
const Examples = z.array(z.object({ name: z.string(), examples: z.array(Payload) }))
const published = new URL(import.meta.resolve('@octokit/webhooks-examples'))
const examples = Examples.parse(JSON.parse(readFileSync(published, 'utf8')))

/** What an example has and we do not: it depends on the kind of account and App, or GitHub has given it up. */
const notAlways = new Set(['installation', 'organization', 'requester', 'single_file_name'])

/** Does one of everything, and gives the payloads by `event.action`. */
async function payloads(context: TestContext): Promise<Map<string, unknown>> {
  const world = await setting(context)
  const { simulator, organization, repository, installation, alice, bob } = world
  const { people, branches, pullRequests, comments, checks, protection, installations, repositories } =
    simulator
  const rule = protection.protect(repository, 'main', {}, alice)
  protection.unprotect(repository, rule, alice)
  const team = people.createTeam(organization, 'Owners')
  people.addToTeam(team, bob, alice)
  repositories.setTeam(repository, team, 'write', alice)
  people.removeFromTeam(team, bob, alice)
  repositories.setCollaborator(repository, bob, 'read', alice)
  repositories.setCollaborator(repository, people.createUser('carol'), 'read', alice)
  const sha = await branches.commit(repository, { branch: 'x', changes: { a: '1' }, message: 'a', by: bob })
  const pull = await pullRequests.open(repository, { branch: 'x', by: bob })
  await branches.commit(repository, { branch: 'x', changes: { a: '2' }, message: 'b', by: bob })
  await pullRequests.edit(repository, pull, { by: bob, title: 'Better' })
  await pullRequests.addLabel(repository, pull, 'urgent', bob)
  await pullRequests.removeLabel(repository, pull, 'urgent', bob)
  await pullRequests.setDraft(repository, pull, true, bob)
  await pullRequests.setDraft(repository, pull, false, bob)
  pullRequests.dismiss(repository, pull, pullRequests.approve(repository, pull, alice), alice)
  comments.edit(repository, comments.add(repository, pull, 'one', bob), 'two', bob)
  const body = {
    name: 'portcullis',
    head_sha: sha,
    conclusion: 'failure',
    actions: [{ label: 'Rescan', description: 'again', identifier: 'rescan' }],
  }
  await api(world, await tokenOf(world), 'POST /repos/acme/deploy/check-runs', { body })
  const run = checks.latest(repository, sha, 'portcullis')
  assert.ok(run)
  checks.rerequest(repository, run, bob)
  checks.press(repository, run, 'rescan', bob)
  await checks.rerequestSuite(repository, run.suite, bob)
  await pullRequests.close(repository, pull, bob)
  await pullRequests.reopen(repository, pull, bob)
  await branches.delete(repository, 'x', bob)
  await branches.rename(repository, { from: 'main', to: 'trunk', by: alice })
  repositories.rename(repository, 'production', alice)
  installations.suspend(installation, alice)
  installations.unsuspend(installation, alice)
  installations.addRepositories(installation, [repository], alice)
  installations.removeRepositories(installation, [repository], alice)
  installations.uninstall(installation, alice)
  assert.deepEqual(simulator.violations, [])
  return new Map(
    simulator.deliveries.all.map(({ event, action, body: text }) => [
      `${event}.${action ?? ''}`,
      JSON.parse(text),
    ]),
  )
}

/** Keys of `example` that `ours` lacks, in objects that both have, two levels deep. */
function missingKeys(example: unknown, ours: unknown, depth = 0): string[] {
  const [theirs, own] = [Payload.safeParse(example), Payload.safeParse(ours)]
  if (!theirs.success || !own.success || depth > 2) return []
  return Object.entries(theirs.data).flatMap(([key, value]) => {
    if (notAlways.has(key)) return []
    if (!(key in own.data)) return [key]
    return missingKeys(value, own.data[key], depth + 1).map((inner) => `${key}.${inner}`)
  })
}

describe('a webhook', () => {
  it('has every key that the one of GitHub has', async (context) => {
    const made = await payloads(context)
    const missing: Record<string, string[]> = {}
    const compared: string[] = []

    for (const [name, payload] of made) {
      const [event = '', action = ''] = name.split('.')
      const all = examples.find((one) => one.name === event)?.examples ?? []
      const example = all.findLast((one) => (one['action'] ?? '') === action)
      if (example === undefined) continue
      compared.push(name)
      const keys = missingKeys(example, payload)
      if (keys.length > 0) missing[name] = keys
    }

    assert.deepEqual(missing, {})
    assert.ok(compared.length >= 25, `only ${compared.length} events were compared`)
  })

  it('of a push says what changed in each commit', async (context) => {
    const { simulator, repository, bob } = await setting(context)
    const changes = { 'README.md': 'new\n', 'apps/shop.yaml': null, 'ü "q".txt': 'x' }

    const sha = await simulator.branches.commit(repository, {
      branch: 'main',
      changes,
      message: 'Change',
      by: bob,
    })

    const push: unknown = JSON.parse(
      simulator.deliveries.all.find(({ event }) => event === 'push')?.body ?? '',
    )
    assert.deepEqual(pick(push, 'commits.0.added'), ['ü "q".txt'])
    assert.deepEqual(pick(push, 'commits.0.removed'), ['apps/shop.yaml'])
    assert.deepEqual(pick(push, 'commits.0.modified'), ['README.md'])
    assert.equal(pick(push, 'commits.0.author.username'), 'bob')
    assert.deepEqual([pick(push, 'after'), pick(push, 'forced'), pick(push, 'created')], [sha, false, false])
  })

  it('of a force push says so', async (context) => {
    const { simulator, repository, bob } = await setting(context)

    await simulator.branches.commit(repository, {
      branch: 'main',
      changes: { a: '' },
      message: 'a',
      by: bob,
      parents: [],
    })

    const push: unknown = JSON.parse(
      simulator.deliveries.all.find(({ event }) => event === 'push')?.body ?? '',
    )
    assert.equal(pick(push, 'forced'), true)
  })

  it('of a check run says whose it is and which button was pressed', async (context) => {
    const made = await payloads(context)

    const pressed = made.get('check_run.requested_action')

    assert.equal(pick(pressed, 'requested_action.identifier'), 'rescan')
    assert.equal(pick(pressed, 'check_run.app.id'), appId)
    assert.equal(pick(pressed, 'check_run.check_suite.app.id'), appId)
  })
})
