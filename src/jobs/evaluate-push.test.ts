import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import type { Change } from '../model/change.ts'
import type { Gate } from '../model/gate.ts'
import { fakeApp, installation } from '../testing/fake-app.ts'
import { fakeGate } from '../testing/fake-gate.ts'
import { mirrorBench } from '../testing/git-mirrors.ts'
import type { MirrorBench } from '../testing/git-mirrors.ts'
import { evaluatePush } from './evaluate-push.ts'

describe('a push that replaced another one', () => {
  let bench: MirrorBench
  before(async () => (bench = await mirrorBench()))
  after(() => bench.end())

  it('is judged with the commits that were there in between, unless they are gone', async () => {
    const start = bench.push('main', { a: 'x' })
    const between = bench.push('kept', { a: 'x', secret: 'y' }, start)
    const now = bench.push('main', { a: 'z' }, start)
    const changes: Change[] = []
    const app = { ...fakeApp(), gates: [gateThat(changes)] }
    app.repository.commits.add(now)

    await evaluatePush(
      { ...app, mirrors: { ...app.mirrors, open: () => bench.open() } },
      {
        installation,
        repository: 'acme/fleet',
        ref: 'refs/heads/main',
        before: start,
        after: now,
        also: [between, 'f'.repeat(40)],
      },
    )

    const [change] = changes
    assert.deepEqual(change?.commits.map(({ oid }) => oid).toSorted(), [between, now].toSorted())
    assert.ok(change?.blobs.some(({ path }) => path === 'secret'))
    assert.deepEqual([change?.head, change?.files.map(({ path }) => path)], [now, ['a']])
  })
})

function gateThat(changes: Change[]): Gate {
  const gate = fakeGate('secrets')
  return {
    ...gate,
    evaluate: (input) => {
      changes.push(input.change)
      return gate.evaluate(input)
    },
  }
}
