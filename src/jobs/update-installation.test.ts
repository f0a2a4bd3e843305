import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'

import type { InstallationReference } from '../ports/queue.ts'
import { fakeApp, fleet, installation, pullRequestWith } from '../testing/fake-app.ts'
import type { FakeApp } from '../testing/fake-app.ts'
import { updateInstallation } from './update-installation.ts'

const head = 'a'.repeat(40)
const key = { installation, repository: fleet.id }

describe('updateInstallation', () => {
  let app: FakeApp
  beforeEach(async () => {
    app = fakeApp()
    app.repository.pulls.set(12, pullRequestWith(12, head))
  })

  it('evaluates the pull requests that are open where the App was installed', async () => {
    await update({ change: 'installed' })

    assert.deepEqual(
      app.queue.waiting.map(({ job }) => job.data),
      [{ installation, repository: 'acme/fleet', number: 12 }],
    )
    assert.equal(await app.stores.installations.repositoryId(installation, 'acme/fleet'), fleet.id)
  })

  it('takes new tokens: those that it has know nothing of a permission that was accepted', async () => {
    await update({ change: 'installed' })

    assert.deepEqual(app.forgotten, [installation])
  })

  it('leaves an archived repository alone: nothing can be merged there', async () => {
    app.repository.facts = { ...fleet, isArchived: true }

    await update({ change: 'installed' })

    assert.equal(app.queue.waiting.length, 0)
  })

  it('forgets everything where the App was removed', async () => {
    await update({ change: 'installed' })

    await update({ change: 'removed' })

    assert.equal(await app.stores.installations.repositoryId(installation, 'acme/fleet'), null)
    assert.deepEqual(app.purged, [[installation, undefined]])
  })

  it('forgets a repository that it no longer sees, and no other', async () => {
    await app.stores.installations.nameRepository(key, 'acme/fleet')
    await app.stores.installations.nameRepository({ installation, repository: 2 }, 'acme/other')

    await update({ change: 'suspended', removed: ['acme/other', 'acme/never-seen'] })

    assert.deepEqual(app.purged, [[installation, 2]])
    assert.equal(await app.stores.installations.repositoryId(installation, 'acme/fleet'), fleet.id)
  })

  function update(
    given: Pick<InstallationReference, 'change'> & Partial<InstallationReference>,
  ): Promise<void> {
    return updateInstallation(app, { installation, removed: [], ...given })
  }
})
