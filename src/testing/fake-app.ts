import type { App } from '../jobs/app.ts'
import type { Mirrors } from '../ports/git.ts'
import type { RepositoryFacts } from '../ports/github.ts'
import { fakeGitHub } from './fake-github.ts'
import type { FakeGitHub, FakeRepository } from './fake-github.ts'
import { fakeQueue } from './fake-queue.ts'
import type { FakeQueue } from './fake-queue.ts'
import { fakeStores } from './fake-stores.ts'
import { silentLog } from './silent-log.ts'

export interface FakeApp extends App {
  readonly queue: FakeQueue
  readonly gitHub: FakeGitHub
  /** `acme/fleet`, where the App is installed as {@link installation}. */
  readonly repository: FakeRepository
  /** What was asked of the mirrors to be removed: installation and repository. */
  readonly purged: [number, number | undefined][]
  /** Installations whose tokens were forgotten. */
  readonly forgotten: number[]
}

export const installation = 7

export const fleet: RepositoryFacts = {
  id: 1,
  owner: 'acme',
  name: 'fleet',
  defaultBranch: 'main',
  isArchived: false,
}

/** The App over fakes, for jobs that read no content. */
export function fakeApp(): FakeApp {
  const gitHub = fakeGitHub()
  const repository = gitHub.addRepository(fleet)
  const purged: FakeApp['purged'] = []
  const forgotten: number[] = []
  return {
    version: '1.2.3',
    appId: 99,
    gates: [],
    conceal: (text) => text,
    github: () => gitHub,
    forgetGitHub: (of) => void forgotten.push(of),
    mirrors: withoutContent(purged),
    stores: fakeStores(),
    queue: fakeQueue(),
    log: silentLog,
    now: () => new Date(0),
    clock: () => 0,
    gitHub,
    repository,
    purged,
    forgotten,
  }
}

function withoutContent(purged: FakeApp['purged']): Mirrors {
  return {
    open: () => Promise.reject(new Error('This job reads content: give it a mirror.')),
    async purge(of, repository) {
      purged.push([of, repository])
    },
    async close() {},
  }
}

/** An open pull request of `acme/fleet`, against main. */
export function pullRequestWith(number: number, head: string) {
  return {
    repository: fleet,
    number,
    isOpen: true,
    isDraft: false,
    author: { id: 5, login: 'jane', kind: 'human' as const },
    title: 'Raise the replicas',
    body: '',
    baseBranch: 'main',
    head,
    headBranch: 'topic',
    headRepository: 'acme/fleet',
    labels: [],
  }
}
