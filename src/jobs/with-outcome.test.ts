import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'

import { GitHubUnavailable, Gone, PermissionMissing } from '../ports/github-errors.ts'
import { Busy } from '../ports/queue.ts'
import { UserError } from '../std/user-error.ts'
import { fakeApp, installation, pullRequestWith } from '../testing/fake-app.ts'
import type { FakeApp } from '../testing/fake-app.ts'
import { withOutcome } from './with-outcome.ts'

const head = 'a'.repeat(40)
const data = { installation, repository: 'acme/fleet', number: 12 }

describe('a job that fails', () => {
  let app: FakeApp
  beforeEach(() => {
    app = fakeApp()
    app.repository.commits.add(head)
    app.repository.pulls.set(12, pullRequestWith(12, head))
  })

  it('ends quietly where there is nothing left to judge', async () => {
    await failingWith(new Gone('acme/fleet is gone.'))

    assert.equal(app.repository.runs.length, 0)
  })

  for (const [name, error, title] of [
    [
      'a setting that its owner can repair',
      new UserError({
        code: 'repository-unsupported',
        message: 'It has sha256 ids.',
        remediation: 'Use another.',
      }),
      /^Cannot evaluate: It has sha256 ids$/,
    ],
    [
      'a permission that is missing',
      new PermissionMissing('members: read'),
      /^Cannot evaluate: .*permission/,
    ],
  ] as const) {
    it(`says ${name} under the check, and goes back to the queue`, async () => {
      await assert.rejects(failingWith(error), error)

      const [written] = app.repository.runs
      assert.match(written?.run.output.title ?? '', title)
      assert.deepEqual(written?.run.state, { status: 'completed', conclusion: 'failure' })
    })
  }

  it('says a fault of ours at the last try, with the job that the log names', async () => {
    const fault = new TypeError('undefined is not a function')
    await assert.rejects(failingWith(fault), fault)
    assert.equal(app.repository.runs.length, 0)

    await assert.rejects(failingWith(fault, { isLast: true }), fault)

    const output = app.repository.runs[0]?.run.output
    assert.match(output?.title ?? '', /^Cannot evaluate: Portcullis failed/)
    assert.match(output?.summary ?? '', /job-1/)
    assert.doesNotMatch(JSON.stringify(output), /not a function/)
  })

  it('writes nothing while another evaluation writes', async () => {
    await assert.rejects(failingWith(new Busy(), { isLast: true }), Busy)

    assert.equal(app.repository.runs.length, 0)
  })

  it('does not hide the failure where the check cannot be written either', async () => {
    const error = new PermissionMissing('checks: write')

    await assert.rejects(failingWith(error), error)
  })

  it('goes back to the queue with the time that GitHub asked for', async () => {
    const error = new GitHubUnavailable('GitHub is down.', new Date(60_000))

    await assert.rejects(failingWith(error), error)
    assert.equal(app.repository.runs.length, 0)
  })

  function failingWith(error: Error, { isLast = false } = {}): Promise<void> {
    const failing = async () => {
      throw error
    }
    const job = withOutcome(app, 'evaluate-pull-request', failing)
    return job(data, { id: 'job-1', isLast })
  }
})
