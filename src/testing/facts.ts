import type { Commit } from '../model/change.ts'
import { type Actor, Facts, type Review } from '../model/facts.ts'
import { digest } from '../std/digest.ts'

/** An account; its numeric id follows from the login unless one is given. */
export function actor(login: string, given: Partial<Actor> = {}): Actor {
  return { id: idOf(login), login, kind: 'human', ...given }
}

/** Facts of a pull request by `author` in `acme/fleet`, with everything empty that the test does not care about. */
export function factsWith(
  given: Partial<Omit<Facts, 'pullRequest'>> & {
    pullRequest?: Partial<NonNullable<Facts['pullRequest']>> | null
  } = {},
): Facts {
  const { pullRequest, ...rest } = given
  return Facts.parse({
    schema: 'portcullis/facts/v1',
    repository: { id: 1, owner: 'acme', name: 'fleet', defaultBranch: 'main' },
    pullRequest: pullRequest === null ? null : { ...ordinaryPullRequest, ...pullRequest },
    reviews: [],
    attributions: {},
    pushers: [],
    collaborators: [],
    teams: {},
    effectiveRules: null,
    organisationPolicy: null,
    fingerprintKey: null,
    ...rest,
  } satisfies Facts)
}

/** A review by an account, a login standing for one. */
export function review(
  by: Actor | string | null,
  state: Review['state'],
  commit: string | null = '1'.repeat(40),
): Review {
  const given = typeof by === 'string' ? actor(by) : by
  return { id: idOf(`${given?.login} ${state} ${commit}`), actor: given, state, commit, at: null }
}

/** A commit by an author and a committer of whom nothing but a name and an address is known. */
export function commit(oid: string, given: Partial<Commit> = {}): Commit {
  const person = { name: 'Ada', email: 'ada@example.com', at: 0 }
  return {
    oid,
    parents: [],
    tree: oid,
    author: person,
    committer: person,
    coAuthors: [],
    message: '',
    ...given,
  }
}

const ordinaryPullRequest: NonNullable<Facts['pullRequest']> = {
  number: 1,
  author: actor('author'),
  isDraft: false,
  title: 'Raise the replicas',
  body: '',
  baseBranch: 'main',
  headBranch: 'replicas',
  headRepository: 'acme/fleet',
  labels: [],
}

function idOf(text: string): number {
  return 1 + Number.parseInt(digest(text).slice(0, 8), 16)
}
