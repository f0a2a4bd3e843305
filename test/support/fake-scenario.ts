import { parseCommand } from '../../src/comments/parse-command.ts'
import { gates } from '../../src/gates/index.ts'
import { Git } from '../../src/git/git.ts'
import { openLocal } from '../../src/git/local.ts'
import { handlers } from '../../src/jobs/handlers.ts'
import type { Mirror, Mirrors, Repository } from '../../src/ports/git.ts'
import type { Delivery } from '../../src/ports/webhook.ts'
import { actor, review } from '../../src/testing/facts.ts'
import { fakeApp, installation, pullRequestWith } from '../../src/testing/fake-app.ts'
import type { FakeApp } from '../../src/testing/fake-app.ts'
import { GitRepository } from '../../src/testing/git-repository.ts'
import { nameJobs } from '../../src/webhooks/name-jobs.ts'
import { leakingManifest } from './secret.ts'
import { manifest, policyPath } from './stage.ts'

const policy = 'version: 1\ngates: { reviews: { requirements: [{ name: all, count: 1, by: [write] }] } }\n'
const common = { installation, repository: 'acme/fleet' }
const people = { alice: actor('alice'), bob: actor('bob'), carol: actor('carol') }

/** One thing that happens at GitHub: what it changes, and what is delivered. */
export interface Step {
  readonly delivery: Delivery
  happen(world: FakeWorld): void
}

export interface FakeWorld {
  readonly app: FakeApp
  readonly tips: Map<string, string>
}

/** A repository on disk that all schedules read, and each answer of git is read once. */
export async function fakeScenario() {
  const git = new Git({ path: process.env['PATH'] ?? '' })
  const repository = new GitRepository()
  const files = { 'apps/shop.yaml': manifest('shop') }
  const main = repository.commit({ files })
  const strict = { ...files, [policyPath]: policy.replace('count: 1', 'count: 2') }
  const newMain = repository.commit({ files: strict, parents: [main] })
  const bad = repository.commit({ files: { ...files, 'a.yaml': leakingManifest('order') }, parents: [main] })
  const good = repository.commit({ files: { ...files, 'a.yaml': manifest('a') }, parents: [main] })
  for (const [index, oid] of [main, newMain, bad, good].entries()) repository.ref(`refs/heads/${index}`, oid)
  const local = await openLocal(repository.folder, git)
  const read = readOnce(local)

  return {
    steps: stepsOf({ main, newMain, bad, good }),
    /** The checks that count in the end, by commit. */
    ends: [good, newMain],
    world(): FakeWorld {
      const tips = new Map([['main', main]])
      const app = fakeApp()
      for (const oid of [main, newMain, bad, good]) app.repository.commits.add(oid)
      app.repository.collaborators = Object.values(people).map((one) => ({ actor: one, role: 'write' }))
      app.repository.comments.push({
        id: 1,
        issue: 1,
        isOurs: false,
        body: '/rescan',
        reactions: [],
      })
      return { app: { ...app, gates, mirrors: mirrorsOf(read, tips) }, tips }
    },
    async close() {
      await local.close()
      git.close()
      repository.remove()
    },
  }
}

export function deliver({ app }: FakeWorld, { delivery }: Step): Promise<void[]> {
  return Promise.all(nameJobs(delivery, parseCommand).map(({ job, key }) => app.queue.add(job, { key })))
}

export function drain({ app }: FakeWorld): Promise<void> {
  return app.queue.drain(handlers(app))
}

/** What stands under each check of the commits, without the number of the evaluation. */
export function finalRuns({ app }: FakeWorld, commits: readonly string[]): object[] {
  const runs = new Map<string, object>()
  for (const { run } of app.repository.runs) {
    const { externalId: _, ...rest } = run
    if (commits.includes(run.headSha)) runs.set(`${run.headSha} ${run.name}`, rest)
  }
  return [...runs].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, run]) => run)
}

interface Commits {
  readonly main: string
  readonly newMain: string
  readonly bad: string
  readonly good: string
}

function say({ app }: FakeWorld, number: number, ...said: ReturnType<typeof review>[]): void {
  app.repository.reviews.set(number, [...(app.repository.reviews.get(number) ?? []), ...said])
}

/** Two pull requests that come to share a head, their reviews, and a stricter policy on the way. */
function stepsOf({ main, newMain, bad, good }: Commits): Step[] {
  const pull = (number: number, action: string): Delivery => ({
    kind: 'pull-request',
    ...common,
    number,
    action,
  })
  const reviewed = (number: number): Delivery => ({
    kind: 'pull-request-review',
    ...common,
    number,
    action: 'submitted',
  })
  const put = ({ app }: FakeWorld, number: number, given: object) => {
    const before = app.repository.pulls.get(number) ?? pullRequestWith(number, bad)
    app.repository.pulls.set(number, { ...before, author: people.alice, ...given })
  }
  const attribute = ({ app }: FakeWorld, number: number) =>
    app.repository.attributions.set(number, { [good]: { author: people.alice, committer: people.alice } })
  return [
    { delivery: pull(1, 'opened'), happen: (world) => put(world, 1, { head: bad }) },
    { delivery: pull(1, 'synchronize'), happen: (world) => put(world, 1, { head: good }) },
    {
      delivery: pull(2, 'opened'),
      happen(world) {
        put(world, 2, { head: good, headBranch: 'two', isDraft: true })
        attribute(world, 1)
        attribute(world, 2)
      },
    },
    { delivery: reviewed(1), happen: (world) => say(world, 1, review(people.bob, 'approved', good)) },
    {
      delivery: reviewed(2),
      happen: (world) => say(world, 2, review(people.bob, 'changes-requested', good)),
    },
    {
      delivery: { kind: 'push', ...common, ref: 'refs/heads/main', before: main, after: newMain },
      happen: ({ tips }) => tips.set('main', newMain),
    },
    { delivery: pull(1, 'labeled'), happen: (world) => put(world, 1, { labels: ['ready'] }) },
    { delivery: reviewed(2), happen: (world) => say(world, 2, review(people.bob, 'approved', good)) },
    {
      delivery: {
        kind: 'issue-comment',
        ...common,
        number: 1,
        action: 'created',
        isPullRequest: true,
        comment: 1,
        body: '/rescan',
        sender: { login: 'carol', isBot: false },
      },
      happen: () => undefined,
    },
    { delivery: reviewed(1), happen: (world) => say(world, 1, review(people.carol, 'approved', good)) },
    { delivery: pull(2, 'closed'), happen: (world) => put(world, 2, { isOpen: false }) },
  ]
}

function mirrorsOf(read: Repository, tips: ReadonlyMap<string, string>): Mirrors {
  const mirror: Mirror = {
    ...read,
    fetch: async ({ branches }) => new Map(branches.map((branch) => [branch, tips.get(branch) ?? null])),
    close: async () => {},
  }
  return { open: async () => mirror, purge: async () => {}, close: async () => {} }
}

/** Two schedules ask git the same: objects never change, so the first answer holds for all. */
function readOnce(repository: Repository): Repository {
  const known = new Map<string, Promise<unknown>>()
  const once =
    <Args extends unknown[], Result>(name: string, ask: (...args: Args) => Promise<Result>) =>
    (...args: Args): Promise<Result> => {
      const key = JSON.stringify([name, args])
      const answer = known.get(key) ?? ask(...args)
      known.set(key, answer)
      return answer as Promise<Result>
    }
  return {
    ...repository,
    change: once('change', (range, limits) => repository.change(range, limits)),
    content: once('content', (base, commit) => repository.content(base, commit)),
    file: once('file', (commit, path, maxBytes) => repository.file(commit, path, maxBytes)),
    commitsOf: once('commitsOf', (head, path, limit) => repository.commitsOf(head, path, limit)),
    changedLines: once('changedLines', (base, head, paths) => repository.changedLines(base, head, paths)),
  }
}
