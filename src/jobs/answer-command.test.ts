import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'

import type { Mirror } from '../ports/git.ts'
import { actor } from '../testing/facts.ts'
import { fakeApp, installation, pullRequestWith } from '../testing/fake-app.ts'
import type { FakeApp } from '../testing/fake-app.ts'
import { answerCommand } from './answer-command.ts'

const oid = 'a'.repeat(40)

describe('a command', () => {
  let app: FakeApp
  beforeEach(() => {
    app = fakeApp()
    // Closed, so that a rescan that is granted has nothing to evaluate.
    app.repository.pulls.set(12, { ...pullRequestWith(12, oid), isOpen: false })
    app.repository.comments.push(comment(1), comment(2))
    app.repository.collaborators = [
      { actor: actor('max'), role: 'maintain' },
      { actor: actor('wil'), role: 'write' },
    ]
    app.gitHub.state.teams.set('@acme/sre', [actor('sam')])
  })

  for (const [right, sender, isGranted] of [
    ['write', 'wil', true],
    ['maintain', 'wil', false],
    ['[jane]', 'Jane', true],
    ['[jane]', 'wil', false],
    ['["@acme/sre", jane]', 'sam', true],
    ['["@acme/sre", jane]', 'max', false],
    ['[maintain]', 'max', true],
    ['[maintain, jane]', 'wil', false],
    ['[admin, write]', 'wil', true],
    ['[codeowners]', 'codeowners', false],
  ] as const) {
    it(`of ${sender} is ${isGranted ? 'granted' : 'refused'} by rescan: ${right}`, async () => {
      const reactions = await given(right, sender)

      assert.deepEqual(reactions, isGranted ? ['eyes', 'rocket'] : ['confused'])
    })
  }

  it('is refused with one comment, however often it is tried', async () => {
    await given('[jane]', 'wil')
    await given('[jane]', 'wil')
    await given('[jane]', 'wil', 2)

    assert.deepEqual(
      ours().map(({ body }) => body.split('\n')[0]),
      ['Only `jane` can use `/rescan` here. The policy says so under `commands`.'],
    )
  })

  it('is answered anew to somebody else, and in place where the answer changed', async () => {
    await given('[jane]', 'wil')
    await given('[jane]', 'max')
    await given('[kim]', 'wil')

    assert.deepEqual(
      ours().map(({ body }) => /`(jane|kim)`/.exec(body)?.[1]),
      ['kim', 'jane'],
    )
  })

  it('leaves alone what a person wrote with the same mark', async () => {
    app.repository.comments.push({ ...comment(3), body: '<!-- portcullis: reply to wil -->' })

    await given('[jane]', 'wil')

    assert.equal(ours().length, 1)
  })

  async function given(right: string, sender: string, id = 1): Promise<string[]> {
    const policy = `commands:\n  rescan: ${right}\n`
    await answerCommand(
      { ...app, mirrors: { ...app.mirrors, open: async () => mirrorWith(policy) } },
      { installation, repository: 'acme/fleet', number: 12, comment: id, sender, command: rescan },
    )
    return app.repository.comments.find((one) => one.id === id)?.reactions ?? []
  }

  function ours() {
    return app.repository.comments.filter(({ isOurs }) => isOurs)
  }
})

const rescan = { name: 'rescan', fresh: false } as const

function comment(id: number) {
  return { id, issue: 12, isOurs: false, body: '/rescan', reactions: [] }
}

function mirrorWith(policy: string): Mirror {
  const file = { oid, bytes: Buffer.from(policy) }
  return {
    fetch: async () => new Map([['main', oid]]),
    file: async () => file,
    close: async () => {},
  } as unknown as Mirror
}
