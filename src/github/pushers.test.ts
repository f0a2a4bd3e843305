import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { kim, name, openedApp, repo } from '../testing/opened-app.ts'
import type { Script } from '../testing/scripted-github.ts'

const route = `GET ${repo}/activity`
const push = { activity_type: 'push', actor: kim }
const lee = { id: 6, login: 'lee', type: 'User' }

async function pushers(script: Script) {
  const opened = await openedApp({ [route]: script })
  return { ...opened, found: await opened.github.pushers(name, 'topic') }
}

describe('pushers', () => {
  it('are all who ever pushed to the branch, each once', async () => {
    const activity = [
      push,
      { activity_type: 'force_push', actor: lee },
      push,
      { activity_type: 'branch_deletion', actor: { id: 7, login: 'max', type: 'User' } },
      { activity_type: 'branch_creation', actor: null },
    ]

    const { found, received } = await pushers(() => ({ json: activity }))

    assert.deepEqual(
      found?.map(({ login }) => login),
      ['kim', 'lee'],
    )
    assert.match(received.at(-1)?.path ?? '', /ref=refs%2Fheads%2Ftopic&per_page=100$/)
  })

  it('are read from page to page by cursor, and cost nothing again where nothing changed', async () => {
    const link = '<https://api.example.com/x?per_page=100&after=c2&ref=topic>; rel="next"'
    const script: Script = ({ path }) =>
      path.includes('after=c2') ? { json: [{ ...push, actor: lee }] } : { json: [push], headers: { link } }
    const { found, github, received } = await pushers(script)
    const before = received.length

    const again = await github.pushers(name, 'topic')

    assert.equal(found?.length, 2)
    assert.deepEqual(again, found)
    assert.ok(received.slice(before).every(({ ifNoneMatch }) => ifNoneMatch !== null))
  })

  for (const [why, script] of [
    ['the repository cannot be seen', () => ({ status: 404 })],
    ['it may not be read', () => ({ status: 403, json: { message: 'no' } })],
    ['GitHub remembers nothing of the branch', () => ({ json: [] })],
    [
      'there are more pushes than are read',
      () => ({ json: [push], headers: { link: '<https://api.example.com/x?after=more>; rel="next"' } }),
    ],
  ] as const satisfies readonly (readonly [string, Script])[]) {
    it(`are unknown where ${why}`, async () => assert.equal((await pushers(script)).found, null))
  }
})
