import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { CheckRun } from '../model/check-run.ts'
import { name, oid, openedApp, repo, run } from '../testing/opened-app.ts'

const annotations = Array.from({ length: 120 }, (_, at): CheckRun['output']['annotations'][number] => ({
  path: 'a.yaml',
  startLine: at + 1,
  endLine: at + 1,
  columns: null,
  level: 'failure',
  title: '',
  message: 'm',
}))
const large: CheckRun = { ...run, output: { ...run.output, annotations } }

interface Sent {
  head_sha?: string
  status: string
  output: { annotations: unknown[] }
}

async function written(act: 'create' | 'update') {
  const { github, received } = await openedApp({
    [`PATCH ${repo}/check-runs/77`]: () => ({ json: { id: 77 } }),
  })
  if (act === 'create') assert.equal(await github.checks.create(name, large), 77)
  else await github.checks.update(name, 77, large)
  return received.slice(1).map(({ route, body }) => {
    const { head_sha, status, output } = body as Sent
    return [route.split(' ')[0], head_sha, status, output.annotations.length]
  })
}

describe('check runs', () => {
  it('are created with the first annotations, and completed by the update with the last', async () => {
    assert.deepEqual(await written('create'), [
      ['POST', oid, 'in_progress', 50],
      ['PATCH', undefined, 'in_progress', 50],
      ['PATCH', undefined, 'completed', 20],
    ])
  })

  it('are updated without naming the commit again, which GitHub refuses', async () => {
    assert.deepEqual(await written('update'), [
      ['PATCH', undefined, 'in_progress', 50],
      ['PATCH', undefined, 'in_progress', 50],
      ['PATCH', undefined, 'completed', 20],
    ])
  })
})
