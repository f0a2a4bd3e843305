import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'

import { fakeApp, fleet, installation, pullRequestWith } from '../testing/fake-app.ts'
import type { FakeApp } from '../testing/fake-app.ts'
import { cleanUpPullRequest } from './clean-up-pull-request.ts'
import { evaluateHead } from './evaluate-head.ts'

const [head, other] = ['a'.repeat(40), 'b'.repeat(40)]
const key = { installation, repository: fleet.id }
const row = { ...key, baseBranch: 'main', isDraft: false }

describe('a check that somebody asks for again', () => {
  let app: FakeApp
  beforeEach(async () => {
    app = fakeApp()
    await app.stores.installations.nameRepository(key, 'acme/fleet')
    for (const [number, at] of [
      [12, head],
      [13, head],
      [14, other],
    ] as const)
      await app.stores.pullRequests.put({ ...row, number, head: at })
  })

  it('evaluates every open pull request with that head, as asked for', async () => {
    await evaluateHead(app, { installation, repository: 'acme/fleet', head, rescan: 'again' })

    assert.deepEqual(
      app.queue.waiting.map(({ job }) => job.data),
      [12, 13].map((number) => ({ installation, repository: 'acme/fleet', number, rescan: 'again' })),
    )
  })

  it('does nothing in a repository that was never seen', async () => {
    await evaluateHead(app, { installation, repository: 'acme/unknown', head })

    assert.equal(app.queue.waiting.length, 0)
  })
})

describe('a pull request that was closed', () => {
  const data = { installation, repository: 'acme/fleet', number: 12 }

  it('is forgotten', async () => {
    const app = fakeApp()
    app.repository.pulls.set(12, { ...pullRequestWith(12, head), isOpen: false })
    await app.stores.pullRequests.put({ ...row, number: 12, head })

    await cleanUpPullRequest(app, data)

    assert.deepEqual(await app.stores.pullRequests.openByHead(key, head), [])
  })

  it('no longer counts for those that share its head: they are evaluated', async () => {
    const app = fakeApp()
    app.repository.pulls.set(12, { ...pullRequestWith(12, head), isOpen: false })
    for (const [number, at] of [
      [12, head],
      [13, head],
      [14, other],
    ] as const)
      await app.stores.pullRequests.put({ ...row, number, head: at })

    await cleanUpPullRequest(app, data)

    assert.deepEqual(
      app.queue.waiting.map(({ job }) => job.data),
      [{ installation, repository: 'acme/fleet', number: 13 }],
    )
  })

  it('is evaluated where it was opened again meanwhile', async () => {
    const app = fakeApp()
    app.repository.pulls.set(12, pullRequestWith(12, head))

    await cleanUpPullRequest(app, data)

    assert.deepEqual(
      app.queue.waiting.map(({ job }) => job.name),
      ['evaluate-pull-request'],
    )
  })
})
