import assert from 'node:assert/strict'
import { it } from 'node:test'

import { fakeApp, fleet, installation, pullRequestWith } from '../testing/fake-app.ts'
import { evaluatePullRequest } from './evaluate-pull-request.ts'

const conceal = (text: string) => text.replaceAll('hidden', '…')

it('refuses a base branch whose name holds a secret, and keeps nothing of it', async () => {
  const app = { ...fakeApp(), conceal }
  const head = '1'.repeat(40)
  app.repository.pulls.set(3, { ...pullRequestWith(3, head), baseBranch: 'release/hidden' })

  await assert.rejects(evaluatePullRequest(app, { installation, repository: 'acme/fleet', number: 3 }), {
    code: 'branch-name-refused',
  })

  const key = { installation, repository: fleet.id }
  assert.deepEqual(await app.stores.pullRequests.openByHead(key, head), [])
})
