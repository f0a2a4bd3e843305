import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { CheckRun } from '../model/check-run.ts'
import { Gone, PermissionMissing } from '../ports/github-errors.ts'
import { fakeGitHub } from './fake-github.ts'
import { name, oid, run } from './opened-app.ts'

function fleet() {
  const github = fakeGitHub()
  const repository = github.addRepository({
    id: 1,
    owner: 'acme',
    name: 'fleet',
    defaultBranch: 'main',
    isArchived: false,
  })
  repository.commits.add(oid)
  return { github, repository }
}

const annotation = {
  path: 'a',
  startLine: 1,
  endLine: 1,
  columns: null,
  level: 'notice',
  title: '',
  message: 'm',
} as const
const started: CheckRun = {
  ...run,
  state: { status: 'in_progress' },
  output: { ...run.output, annotations: [annotation] },
}

describe('the fake of GitHub', () => {
  it('adds the annotations of an update to those that are there, and refuses one of a completed run', async () => {
    const { github, repository } = fleet()
    const id = await github.checks.create(name, started)

    await github.checks.update(name, id, { ...run, output: started.output })

    assert.equal(repository.runs[0]?.run.output.annotations.length, 2)
    await assert.rejects(github.checks.update(name, id, started), /completed/)
  })

  it('refuses a run on a commit that the repository does not have', async () => {
    await assert.rejects(fleet().github.checks.create(name, { ...run, headSha: 'b'.repeat(40) }))
  })

  it('refuses what is not there, what is not permitted, and everything in an outage', async () => {
    const { github } = fleet()

    await assert.rejects(github.pullRequest(name, 1), Gone)
    await assert.rejects(github.repository({ owner: 'acme', name: 'other' }), Gone)
    github.state.missing.add('checks: write')
    await assert.rejects(github.checks.create(name, run), PermissionMissing)
    github.state.failure = new RangeError('outage')
    await assert.rejects(github.organisationPolicy('acme'), RangeError)
  })
})
