import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Comment } from '../github-simulator/state.ts'
import { sharedWorld } from './support/shared-world.ts'
import { concluded, manifest, propose, runsOf } from './support/stage.ts'
import type { Stage } from './support/stage.ts'

const reactionsTo = ({ reactions }: Comment) => reactions.map(({ content }) => content)

/** What the App said in a conversation. */
function repliesIn({ simulator, repository }: Stage, pull: Parameters<typeof simulator.comments.of>[1]) {
  return simulator.comments.of(repository, pull).filter(({ byApp }) => byApp)
}

describe('a comment command', { concurrency: 4, timeout: 120_000 }, () => {
  const { stage } = sharedWorld()

  for (const command of ['/rescan', '/rescan --fresh']) {
    it(`is answered at once, and ${command} writes a new check run that says the same`, async () => {
      const at = await stage(`rescan${command.length}`)
      const { simulator, repository, bob } = at
      const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
      const first = await concluded(at, pull, 'action_required')

      const comment = simulator.comments.add(repository, pull, `Let us see.\n\n${command}`, bob)

      const second = await concluded(at, pull, 'action_required', { after: first })
      await simulator.until(() => comment.reactions.length === 2)
      assert.deepEqual(reactionsTo(comment), ['eyes', 'rocket'])
      assert.equal(second.summary, first.summary)
      assert.deepEqual(repliesIn(at, pull), [])
    })
  }

  it('is refused with one reply for somebody without the right', async () => {
    const at = await stage('no-right')
    const { simulator, repository, dora } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    await concluded(at, pull, 'action_required')

    const comment = simulator.comments.add(repository, pull, '/rescan', dora)

    await simulator.until(() => repliesIn(at, pull).length > 0)
    assert.deepEqual(reactionsTo(comment), ['confused'])
    assert.match(
      repliesIn(at, pull)[0]?.body ?? '',
      /^Only people with write access can use `\/rescan` here\./,
    )
    assert.equal(runsOf(at, pull).length, 1)
  })

  it('that is misspelled is answered with what was meant', async () => {
    const at = await stage('misspelled')
    const { simulator, repository, bob } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    await concluded(at, pull, 'action_required')

    const comment = simulator.comments.add(repository, pull, '/rescna', bob)

    await simulator.until(() => repliesIn(at, pull).length > 0)
    assert.deepEqual(reactionsTo(comment), ['confused'])
    assert.match(repliesIn(at, pull)[0]?.body ?? '', /Did you mean `\/rescan`\?/)
  })

  it('is none where it is quoted, in code, of another bot, edited in, or by a bot', async () => {
    const at = await stage('no-command')
    const { simulator, repository, bob } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    await concluded(at, pull, 'action_required')
    const bot = simulator.people.createUser('helper[bot]', { kind: 'Bot' })

    const comments = ['> /rescan', '```\n/rescan\n```', '/deploy production', 'please /rescan'].map((body) =>
      simulator.comments.add(repository, pull, body, bob),
    )
    comments.push(simulator.comments.add(repository, pull, '/rescan', bot))
    const edited = simulator.comments.add(repository, pull, 'Nothing.', bob)
    simulator.comments.edit(repository, edited, '/rescan', bob)
    const last = simulator.comments.add(repository, pull, '/rescan', bob)

    await simulator.until(() => last.reactions.length === 2)
    assert.deepEqual([...comments, edited].flatMap(reactionsTo), [])
    assert.equal(runsOf(at, pull).length, 2)
  })
})
