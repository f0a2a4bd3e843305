import type { CheckRun } from '../model/check-run.ts'
import type { Actor, EffectiveRules, Facts, Review } from '../model/facts.ts'
import type { Role } from '../model/policy.ts'
import type { Redacted } from '../std/redacted.ts'

/** GitHub, as one installation of the App or as the owner of a token sees it. Facts are read anew at each call. */
export interface GitHub {
  /** Throws {@link Gone} where there is none. */
  repository(name: RepositoryName): Promise<RepositoryFacts>
  pullRequest(name: RepositoryName, number: number): Promise<PullRequestFacts>
  /** Open ones, against one branch where it is given. */
  openPullRequests(name: RepositoryName, baseBranch?: string): Promise<readonly OpenPullRequest[]>
  reviews(name: RepositoryName, number: number): Promise<Review[]>
  attributions(name: RepositoryName, number: number): Promise<Facts['attributions']>
  /**
   * Everybody who ever pushed to a branch, each once. Null where GitHub does not say: a fork that cannot be read, more
   * pushes than we read, a branch of which it remembers none.
   */
  pushers(name: RepositoryName, branch: string): Promise<Facts['pushers']>
  /** Null where the permission is missing. */
  collaborators(name: RepositoryName): Promise<Facts['collaborators']>
  /** `team` is `@organisation/slug`. Null where it does not exist or cannot be seen. */
  teamMembers(team: string): Promise<Actor[] | null>
  /** The right of one person at this moment; null for none. */
  role(name: RepositoryName, login: string): Promise<Role | null>
  effectiveRules(name: RepositoryName, branch: string, age?: Age): Promise<EffectiveRules>
  /** `portcullis.yml` of `OWNER/.github`: null only where GitHub says 404. */
  organisationPolicy(owner: string, age?: Age): Promise<Facts['organisationPolicy']>
  /** All repositories that the installation may see. */
  repositories(): Promise<readonly RepositoryFacts[]>
  /** One file at a branch's tip; null only where GitHub says 404. */
  file(
    name: RepositoryName,
    branch: string,
    path: string,
  ): Promise<{ readonly oid: string; readonly text: string } | null>
  /** For `git fetch`: of one repository, contents read, an hour at most. */
  cloneToken(name: RepositoryName): Promise<Redacted>
  /** `https://github.com/acme/fleet.git`. */
  cloneUrl(name: RepositoryName): string
  checks: Checks
  comments: Comments
}

/**
 * How old an answer may be. GitHub has no condition for what is not there, and each 404 costs quota: `recent` takes one
 * for true for some minutes, which is the default; `now` asks.
 */
export type Age = 'recent' | 'now'

export interface RepositoryName {
  readonly owner: string
  readonly name: string
}

export interface RepositoryFacts {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly defaultBranch: string
  readonly isArchived: boolean
}

export interface PullRequestFacts {
  readonly repository: RepositoryFacts
  readonly number: number
  readonly isOpen: boolean
  readonly isDraft: boolean
  readonly author: Actor | null
  readonly title: string
  readonly body: string
  readonly baseBranch: string
  readonly head: string
  readonly headBranch: string
  readonly headRepository: string | null
  readonly labels: readonly string[]
}

export interface OpenPullRequest {
  readonly number: number
  readonly head: string
  readonly baseBranch: string
  readonly isDraft: boolean
}

export interface Checks {
  /** Returns GitHub's id of the run. */
  create(name: RepositoryName, run: CheckRun): Promise<number>
  /** Only of a run that is not completed. */
  update(name: RepositoryName, id: number, run: CheckRun): Promise<void>
}

export interface Comments {
  react(name: RepositoryName, comment: number, reaction: 'eyes' | 'rocket' | 'confused'): Promise<void>
  /** The oldest comment of our own App on a pull request that holds a text; null for none. */
  find(
    name: RepositoryName,
    issue: number,
    text: string,
  ): Promise<{ readonly id: number; readonly body: string } | null>
  /** Returns GitHub's id of the comment. */
  create(name: RepositoryName, issue: number, body: string): Promise<number>
  update(name: RepositoryName, comment: number, body: string): Promise<void>
}
