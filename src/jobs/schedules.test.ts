import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { array, assert as assertProperty, asyncProperty, constant, nat, oneof } from 'fast-check'

import { gates } from '../gates/index.ts'
import { pullRequestKey } from '../ports/job-keys.ts'
import type { Job, Queue } from '../ports/queue.ts'
import { fakeApp, installation, pullRequestWith } from '../testing/fake-app.ts'
import type { FakeApp } from '../testing/fake-app.ts'
import { fakeMirrors } from '../testing/fake-mirrors.ts'
import type { FakeRemote } from '../testing/fake-mirrors.ts'
import { fakeTokens } from '../testing/fake-token.ts'
import { handlers } from './handlers.ts'

const main = 'f'.repeat(40)
const [leaking, mended] = ['a'.repeat(40), 'b'.repeat(40)]
const jane = { id: 5, login: 'jane', kind: 'human' as const }
const bob = { id: 9, login: 'bob', kind: 'human' as const }

/** What happens at GitHub, one after the other. Each is told by a delivery, which may come late, twice or out of order. */
const story: readonly ((world: World) => void)[] = [
  (world) => push(world, 12, leaking),
  (world) => push(world, 13, leaking),
  (world) => push(world, 12, mended),
  (world) => review(world, 12),
  (world) => push(world, 13, mended),
  (world) => close(world, 13),
]

/** A step of a schedule: GitHub goes on, a delivery of something that happened arrives, or jobs are run. */
type Step =
  | { readonly kind: 'happen' }
  | { readonly kind: 'deliver'; readonly which: number }
  | { readonly kind: 'work' }

const step = oneof(
  constant<Step>({ kind: 'happen' }),
  nat({ max: 99 }).map((which): Step => ({ kind: 'deliver', which })),
  constant<Step>({ kind: 'work' }),
)

describe('deliveries in any order, late and twice', () => {
  it('end in the same check runs as in order', async () => {
    const inOrder = await run(story.flatMap((_, index) => [happen, deliver(index), work]))

    assert.deepEqual(inOrder, [`${leaking} failure`, `${mended} success`])
    await assertProperty(
      asyncProperty(array(step, { maxLength: 40 }), async (schedule) => {
        const ends = await run(schedule)

        // A head that was gone before anybody looked has no run; the one that stands has the same as in order.
        assert.equal(ends.at(-1), `${mended} success`)
      }),
      { numRuns: 200, seed: 20_261_124 },
    )
  })
})

const happen: Step = { kind: 'happen' }
const work: Step = { kind: 'work' }
const deliver = (which: number): Step => ({ kind: 'deliver', which })

interface World {
  readonly app: FakeApp
  readonly remote: FakeRemote
}

/** Plays a schedule, then what is left of the story; at the end every delivery has come and every job has run. */
async function run(schedule: readonly Step[]): Promise<string[]> {
  const remote: FakeRemote = { branches: new Map([['main', main]]), commits: new Map([[main, {}]]) }
  const app: FakeApp = { ...fakeApp(), gates, mirrors: fakeMirrors(remote) }
  app.repository.collaborators = [{ actor: bob, role: 'write' }]
  app.repository.pushers.set('topic', [jane])
  let happened = 0
  const goOn = () => story[happened++]?.({ app, remote })
  for (const { kind, ...rest } of schedule) {
    if (kind === 'happen') goOn()
    if (kind === 'work') await app.queue.drain(handlers(app))
    if ('which' in rest && happened > 0) await told(app.queue, rest.which % Math.min(happened, story.length))
  }
  while (happened < story.length) goOn()
  for (const which of story.keys()) await told(app.queue, which)
  await app.queue.drain(handlers(app))
  return lastRuns(app)
}

/** What the delivery of the nth event names. The newest may come before an older one. */
async function told(queue: Queue, which: number): Promise<void> {
  const number = [12, 13, 12, 12, 13, 13][which] ?? 12
  const data = { installation, repository: 'acme/fleet', number }
  const name: Job['name'] = which === 5 ? 'clean-up-pull-request' : 'evaluate-pull-request'
  await queue.add({ name, data }, { key: pullRequestKey(data) })
}

/** The newest run of each head, as GitHub shows it. */
function lastRuns({ repository }: FakeApp): string[] {
  const last = new Map<string, string>()
  for (const { run: written } of repository.runs) {
    const { state } = written
    last.set(written.headSha, state.status === 'completed' ? state.conclusion : state.status)
  }
  return [...last].map(([head, conclusion]) => `${head} ${conclusion}`).toSorted()
}

function push({ app, remote }: World, number: number, head: string): void {
  const fake = fakeTokens('schedules')
  const text = head === leaking ? `password: ${fake.token('', 32)}\n` : 'greeting: hello\n'
  remote.commits.set(head, { 'apps/a.yaml': text })
  app.repository.commits.add(head)
  app.repository.pulls.set(number, pullRequestWith(number, head))
  app.repository.attributions.set(number, { [head]: { author: jane, committer: jane } })
}

function review({ app }: World, number: number): void {
  const approval = { id: 1, actor: bob, state: 'approved' as const, commit: mended, at: null }
  app.repository.reviews.set(number, [approval])
}

function close({ app }: World, number: number): void {
  const pull = app.repository.pulls.get(number)
  if (pull !== undefined) app.repository.pulls.set(number, { ...pull, isOpen: false })
}
