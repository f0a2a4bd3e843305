import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { fakeApp } from '../testing/fake-app.ts'
import { inspectBranch } from './inspect-branch.ts'

const name = { owner: 'acme', name: 'fleet' }
const text = 'version: 1\nbranches: [{ name: all, match: [main], check: gate }]\n'

describe('inspectBranch', () => {
  it('compares with the check that the policy of the branch names', async () => {
    const { gitHub, repository } = fakeApp()
    repository.files.set('main:.github/portcullis.yml', { oid: 'a'.repeat(40), text })

    const [inspection, ...others] = await inspectBranch(gitHub, name, 'main')

    assert.deepEqual(others, [])
    assert.match(inspection?.guarantees[0]?.message ?? '', /check gate is not required on main/)
  })

  it('has nothing to say of a branch that is not guarded', async () => {
    assert.deepEqual(await inspectBranch(fakeApp().gitHub, name, 'topic'), [])
  })
})
