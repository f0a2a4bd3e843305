import { checkRunBodies } from '../github/check-run-body.ts'
import { cloneUrl } from '../github/host.ts'
import type { CheckRun } from '../model/check-run.ts'
import type { Actor, EffectiveRules, Facts, Review } from '../model/facts.ts'
import type { Role } from '../model/policy.ts'
import { Gone, PermissionMissing } from '../ports/github-errors.ts'
import type { GitHub, PullRequestFacts, RepositoryFacts, RepositoryName } from '../ports/github.ts'
import { Redacted } from '../std/redacted.ts'

/** What a repository at the fake holds. A test changes it as people would. */
export interface FakeRepository {
  facts: RepositoryFacts
  /** Heads that a check run may be created on. */
  commits: Set<string>
  pulls: Map<number, PullRequestFacts>
  reviews: Map<number, Review[]>
  attributions: Map<number, Facts['attributions']>
  /** By branch; one without an entry is a branch of which nothing is remembered. */
  pushers: Map<string, Actor[]>
  collaborators: { actor: Actor; role: Role }[] | null
  /** By branch; a branch without an entry is not protected. */
  rules: Map<string, EffectiveRules>
  /** By `branch:path`. */
  files: Map<string, { oid: string; text: string }>
  runs: FakeRun[]
  comments: FakeComment[]
}

export interface FakeRun {
  readonly id: number
  run: CheckRun
}

export interface FakeComment {
  readonly id: number
  readonly issue: number
  /** Written by our App, not by a person. */
  readonly isOurs: boolean
  body: string
  reactions: string[]
}

/** A GitHub that keeps state and refuses what GitHub refuses. The test sees and changes all of `state`. */
export interface FakeGitHub extends GitHub {
  readonly state: {
    /** By `owner/name`. */
    readonly repositories: Map<string, FakeRepository>
    readonly teams: Map<string, Actor[]>
    readonly organisationPolicies: Map<string, NonNullable<Facts['organisationPolicy']>>
    /** As in app.yml, `checks: write`: calls that need it fail. */
    readonly missing: Set<string>
    /** Thrown by every call while it is set: an outage, a suspended installation. */
    failure: Error | null
    /** Names of the methods that were called, in order. */
    readonly calls: string[]
  }
  addRepository(facts: RepositoryFacts): FakeRepository
}

export function fakeGitHub(): FakeGitHub {
  const state: FakeGitHub['state'] = {
    repositories: new Map(),
    teams: new Map(),
    organisationPolicies: new Map(),
    missing: new Set(),
    failure: null,
    calls: [],
  }
  let lastId = 1000

  function enter(method: string, permission: string): void {
    state.calls.push(method)
    if (state.failure !== null) throw state.failure
    if (state.missing.has(permission)) throw new PermissionMissing(permission)
  }
  function at({ owner, name }: RepositoryName): FakeRepository {
    const found = state.repositories.get(`${owner}/${name}`)
    if (found === undefined) throw new Gone(`${owner}/${name} does not exist, or not for us.`)
    return found
  }
  function pullAt(name: RepositoryName, number: number): PullRequestFacts {
    const found = at(name).pulls.get(number)
    if (found === undefined) throw new Gone(`Pull request ${number} does not exist.`)
    return found
  }
  function commentAt(name: RepositoryName, id: number): FakeComment {
    const found = at(name).comments.find((comment) => comment.id === id)
    if (found === undefined) throw new Gone(`Comment ${id} does not exist.`)
    return found
  }

  return {
    state,
    addRepository(facts) {
      const added: FakeRepository = {
        facts,
        commits: new Set(),
        pulls: new Map(),
        reviews: new Map(),
        attributions: new Map(),
        pushers: new Map(),
        collaborators: [],
        rules: new Map(),
        files: new Map(),
        runs: [],
        comments: [],
      }
      state.repositories.set(`${facts.owner}/${facts.name}`, added)
      return added
    },
    async repositories() {
      enter('repositories', 'metadata: read')
      return [...state.repositories.values()].map(({ facts }) => facts)
    },
    async file(name, branch, file) {
      enter('file', 'contents: read')
      return at(name).files.get(`${branch}:${file}`) ?? null
    },
    async repository(name) {
      enter('repository', 'metadata: read')
      return at(name).facts
    },
    async pullRequest(name, number) {
      enter('pullRequest', 'pull_requests: read')
      return { ...pullAt(name, number), repository: at(name).facts }
    },
    async openPullRequests(name, baseBranch) {
      enter('openPullRequests', 'pull_requests: read')
      return [...at(name).pulls.values()]
        .filter((pull) => pull.isOpen && (baseBranch === undefined || pull.baseBranch === baseBranch))
        .map(({ number, head, baseBranch: base, isDraft }) => ({ number, head, baseBranch: base, isDraft }))
    },
    async reviews(name, number) {
      enter('reviews', 'pull_requests: read')
      pullAt(name, number)
      return [...(at(name).reviews.get(number) ?? [])]
    },
    async attributions(name, number) {
      enter('attributions', 'pull_requests: read')
      pullAt(name, number)
      return { ...at(name).attributions.get(number) }
    },
    async pushers(name, branch) {
      enter('pushers', '')
      if (state.missing.has('contents: read')) return null
      return state.repositories.get(`${name.owner}/${name.name}`)?.pushers.get(branch)?.slice() ?? null
    },
    async collaborators(name) {
      enter('collaborators', '')
      if (state.missing.has('metadata: read')) return null
      return at(name).collaborators?.slice() ?? null
    },
    async teamMembers(team) {
      enter('teamMembers', '')
      return state.missing.has('members: read') ? null : (state.teams.get(team)?.slice() ?? null)
    },
    async role(name, login) {
      enter('role', 'metadata: read')
      return at(name).collaborators?.find(({ actor }) => actor.login === login)?.role ?? null
    },
    async effectiveRules(name, branch) {
      enter('effectiveRules', '')
      return at(name).rules.get(branch) ?? unprotected(branch)
    },
    async organisationPolicy(owner) {
      enter('organisationPolicy', 'contents: read')
      return state.organisationPolicies.get(owner) ?? null
    },
    async cloneToken(name) {
      enter('cloneToken', 'contents: read')
      at(name)
      return new Redacted(`fake_${'0'.repeat(20)}`)
    },
    cloneUrl: (name) => cloneUrl({ host: null, protocol: 'https' }, name),
    checks: {
      async create(name, run) {
        enter('checks.create', 'checks: write')
        const repository = at(name)
        refuseRun(repository, run)
        const id = ++lastId
        repository.runs.push({ id, run })
        return id
      },
      async update(name, id, run) {
        enter('checks.update', 'checks: write')
        const repository = at(name)
        refuseRun(repository, run)
        const found = repository.runs.find((one) => one.id === id)
        if (found === undefined) throw new Gone(`Check run ${id} does not exist.`)
        if (found.run.state.status === 'completed') throw new Error(`Check run ${id} is completed.`)
        // Annotations add up at GitHub, whatever else is written over.
        const annotations = [...found.run.output.annotations, ...run.output.annotations]
        found.run = { ...run, output: { ...run.output, annotations } }
      },
    },
    comments: {
      async react(name, comment, reaction) {
        enter('comments.react', 'pull_requests: write')
        const { reactions } = commentAt(name, comment)
        if (!reactions.includes(reaction)) reactions.push(reaction)
      },
      async find(name, issue, text) {
        enter('comments.find', 'pull_requests: read')
        return (
          at(name).comments.find((one) => one.isOurs && one.issue === issue && one.body.includes(text)) ??
          null
        )
      },
      async create(name, issue, body) {
        enter('comments.create', 'pull_requests: write')
        pullAt(name, issue)
        const id = ++lastId
        at(name).comments.push({ id, issue, isOurs: true, body: bodyOf(body), reactions: [] })
        return id
      },
      async update(name, comment, body) {
        enter('comments.update', 'pull_requests: write')
        commentAt(name, comment).body = bodyOf(body)
      },
    },
  }
}

function unprotected(branch: string): EffectiveRules {
  return {
    branch,
    requiredChecks: [],
    forcePushBlocked: false,
    deletionBlocked: false,
    bypassActors: [],
    unknown: [],
    app: 99,
  }
}

/** What GitHub answers 422 to: too much of something, or a commit that the repository does not have. */
function refuseRun(repository: FakeRepository, run: CheckRun): void {
  checkRunBodies(run)
  if (!repository.commits.has(run.headSha)) throw new Error(`No commit ${run.headSha}.`)
}

/** https://docs.github.com/en/rest/issues/comments: 65,536 characters. */
function bodyOf(body: string): string {
  if (body === '' || body.length > 65_536) throw new RangeError('A comment has 1 to 65,536 characters.')
  return body
}
