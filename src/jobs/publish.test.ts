import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'

import type { CheckRun } from '../model/check-run.ts'
import { fakeApp, fleet, installation } from '../testing/fake-app.ts'
import type { FakeApp } from '../testing/fake-app.ts'
import { publish } from './publish.ts'
import type { Publication } from './publish.ts'

const head = 'a'.repeat(40)

describe('publish', () => {
  let app: FakeApp
  beforeEach(() => {
    app = fakeApp()
    app.repository.commits.add(head)
  })

  it('writes a check run', async () => {
    assert.equal(await publish(app, publication({})), 'written')

    assert.deepEqual(titles(), ['first'])
  })

  it('writes nothing where the same stands there', async () => {
    await publish(app, publication({ evaluation: 1 }))

    assert.equal(await publish(app, publication({ evaluation: 2 })), 'unchanged')
    assert.equal(app.repository.runs.length, 1)
  })

  it('writes the same again where somebody asked for it', async () => {
    await publish(app, publication({ evaluation: 1 }))

    assert.equal(await publish(app, publication({ evaluation: 2, isRescan: true })), 'written')
  })

  it('creates a new run instead of changing one that is completed', async () => {
    await publish(app, publication({ evaluation: 1 }))
    await publish(app, publication({ evaluation: 2, title: 'second' }))

    assert.deepEqual(titles(), ['first', 'second'])
  })

  it('completes the run that said an evaluation is going on', async () => {
    await publish(app, publication({ evaluation: 1, title: 'going on', status: 'in_progress' }))
    await publish(app, publication({ evaluation: 1, title: 'done' }))

    assert.deepEqual(titles(), ['done'])
  })

  it('does not write an older evaluation over a newer one', async () => {
    await publish(app, publication({ evaluation: 2, title: 'newer' }))

    assert.equal(await publish(app, publication({ evaluation: 1, title: 'older' })), 'superseded')
    assert.deepEqual(titles(), ['newer'])
  })

  it('does not write an older evaluation over what a newer one left as it stood', async () => {
    await publish(app, publication({ evaluation: 1 }))
    await publish(app, publication({ evaluation: 3 }))

    assert.equal(await publish(app, publication({ evaluation: 2, title: 'older' })), 'superseded')
  })

  it('writes nothing where the head has moved', async () => {
    const moved = { ...publication({}), isStillHead: async () => false }

    assert.equal(await publish(app, moved), 'moved')
    assert.equal(app.repository.runs.length, 0)
  })

  it('gives the right to write back where writing failed', async () => {
    app.gitHub.state.failure = new Error('GitHub is down')
    await assert.rejects(publish(app, publication({ evaluation: 1 })), /down/)
    app.gitHub.state.failure = null

    assert.equal(await publish(app, publication({ evaluation: 1 })), 'written')
  })

  it('leaves it to another evaluation that is writing at this moment', async () => {
    let other: Promise<string> = Promise.resolve('')
    const outer = publication({ evaluation: 2 })

    await publish(app, {
      ...outer,
      make: () => {
        other = publish(app, publication({ evaluation: 3 }))
        return other.then(() => outer.make())
      },
    })

    assert.equal(await other, 'busy')
  })

  function titles(): string[] {
    return app.repository.runs.map(({ run }) => run.output.title)
  }
})

function publication(given: {
  evaluation?: number
  title?: string
  isRescan?: boolean
  status?: 'in_progress'
}): Publication {
  const { evaluation = 1, title = 'first', isRescan = false, status } = given
  const run: CheckRun = {
    name: 'portcullis',
    headSha: head,
    externalId: String(evaluation),
    state: status === undefined ? { status: 'completed', conclusion: 'failure' } : { status },
    output: { title, summary: '', text: '', annotations: [] },
    actions: [],
  }
  return {
    key: { installation, repository: fleet.id, check: 'portcullis', head },
    repository: fleet,
    evaluation,
    isRescan,
    isStillHead: async () => true,
    make: async () => ({ run, digest: title }),
  }
}
