import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'

import { api, pick, setting, tokenOf } from '../testing.ts'

const path = '/repos/acme/deploy/check-runs'
const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'm' }

async function withToken(context: TestContext) {
  const world = await setting(context)
  return { ...world, token: await tokenOf(world), head: world.repository.branches.get('main') ?? '' }
}

describe('a check run', () => {
  for (const [name, output, status] of [
    ['a summary of 65,535 bytes is taken', { title: 't', summary: 's'.repeat(65_535) }, 201],
    [
      'a summary of 65,534 characters that are more bytes is refused',
      { title: 't', summary: `${'s'.repeat(65_533)}ü ` },
      422,
    ],
    ['a text of more bytes is refused', { title: 't', summary: 's', text: 'ü'.repeat(40_000) }, 422],
    ['a title of 256 characters is refused', { title: 't'.repeat(256), summary: 's' }, 422],
    [
      'columns on one line are taken',
      { title: 't', summary: 's', annotations: [{ ...annotation, start_column: 1, end_column: 2 }] },
      201,
    ],
    [
      'columns over two lines are refused',
      { title: 't', summary: 's', annotations: [{ ...annotation, end_line: 2, start_column: 1 }] },
      422,
    ],
    [
      'a line 0 is refused',
      { title: 't', summary: 's', annotations: [{ ...annotation, start_line: 0 }] },
      422,
    ],
    [
      '50 annotations are taken',
      { title: 't', summary: 's', annotations: Array.from({ length: 50 }, () => annotation) },
      201,
    ],
    [
      '51 annotations are a violation',
      { title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) },
      500,
    ],
  ] as const) {
    it(name, async (context) => {
      const world = await withToken(context)

      const reply = await api(world, world.token, `POST ${path}`, {
        body: { name: 'a', head_sha: world.head, output },
      })

      assert.equal(reply.status, status)
    })
  }

  it('is completed by its conclusion, and keeps the annotations of each call', async (context) => {
    const world = await withToken(context)
    const output = { title: 't', summary: 's', annotations: [annotation] }
    const body = { name: 'a', head_sha: world.head, status: 'in_progress', output }
    const made = await api(world, world.token, `POST ${path}`, { body })

    const change = {
      conclusion: 'failure',
      output: { title: 't', summary: 'more', annotations: [annotation] },
    }
    const reply = await api(world, world.token, `PATCH ${path}/${String(pick(made.body, 'id'))}`, {
      body: change,
    })

    assert.deepEqual([pick(made.body, 'status'), pick(reply.body, 'status')], ['in_progress', 'completed'])
    assert.equal(pick(reply.body, 'output.annotations_count'), 2)
    assert.equal(pick(reply.body, 'output.summary'), 'more')
  })

  it('is not made for a commit that is not there, nor completed without a conclusion', async (context) => {
    const world = await withToken(context)
    const post = async (body: object) => (await api(world, world.token, `POST ${path}`, { body })).status

    assert.equal(await post({ name: 'a', head_sha: '0'.repeat(40) }), 422)
    assert.equal(await post({ name: 'a', head_sha: world.head, status: 'completed' }), 422)
  })

  it('of another App is not changed', async (context) => {
    const world = await withToken(context)
    const app = { id: 99, slug: 'other', name: 'other' }
    const wanted = { app, name: 'a', headSha: world.head, conclusion: 'success', by: world.bob }
    const run = await world.simulator.checks.createForeign(world.repository, wanted)

    const reply = await api(world, world.token, `PATCH ${path}/${run.id}`, {
      body: { conclusion: 'failure' },
    })

    assert.deepEqual([reply.status, run.conclusion], [403, 'success'])
  })

  it('is listed once for each name, the newest', async (context) => {
    const world = await withToken(context)
    for (const conclusion of ['failure', 'success'])
      await api(world, world.token, `POST ${path}`, { body: { name: 'a', head_sha: world.head, conclusion } })

    const latest = await api(world, world.token, 'GET /repos/acme/deploy/commits/main/check-runs')
    const all = await api(world, world.token, 'GET /repos/acme/deploy/commits/main/check-runs?filter=all')

    assert.deepEqual(
      [pick(latest.body, 'total_count'), pick(latest.body, 'check_runs.0.conclusion')],
      [1, 'success'],
    )
    assert.equal(pick(all.body, 'total_count'), 2)
  })

  it('shows its buttons when it is completed', async (context) => {
    const world = await withToken(context)
    const actions = [{ label: 'Rescan', description: 'again', identifier: 'rescan' }]
    await api(world, world.token, `POST ${path}`, { body: { name: 'a', head_sha: world.head, actions } })
    const { checks } = world.simulator
    const run = checks.latest(world.repository, world.head, 'a')
    assert.ok(run)

    assert.throws(() => checks.press(world.repository, run, 'rescan', world.bob), /shows no button/)
  })
})
