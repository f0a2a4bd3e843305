import type { CommitObject } from './history.ts'

/** What the simulated GitHub remembers. Only `control/` and `endpoints/` change it; git objects and refs lie on disk. */
export interface State {
  /** By login, lower case, as GitHub compares names. */
  readonly accounts: Map<string, Account>
  readonly repositories: Map<number, Repository>
  /** `owner/name` in lower case -> id, former names included: GitHub redirects them. */
  readonly names: Map<string, number>
  readonly installations: Map<number, Installation>
  readonly installationTokens: Map<string, InstallationToken>
  /** Personal access token -> login. */
  readonly personalTokens: Map<string, string>
  /** Every object has an id of its own, so that one that is taken for another is found. */
  lastId: number
}

export interface Account {
  readonly id: number
  readonly login: string
  readonly kind: 'User' | 'Bot' | 'Organization'
  readonly name: string
  readonly email: string
  readonly createdAt: Date
  /** Of an organisation: login, lower case -> role. Empty for people. */
  readonly members: Map<string, 'admin' | 'member'>
  /** Of an organisation, by slug. */
  readonly teams: Map<string, Team>
  /** What a member may do in each repository of the organisation. */
  basePermission: Role | 'none'
  /** Rulesets of the organisation. */
  readonly rulesets: Ruleset[]
}

export interface Team {
  readonly id: number
  readonly organization: Account
  readonly slug: string
  readonly name: string
  /** Members of a child team are members of its parent too. */
  readonly parent: Team | null
  readonly members: Map<string, 'member' | 'maintainer'>
  readonly createdAt: Date
}

/** From weakest to strongest. */
export const roles = ['read', 'triage', 'write', 'maintain', 'admin'] as const
export type Role = (typeof roles)[number]

export interface Repository {
  readonly id: number
  owner: Account
  name: string
  readonly isPrivate: boolean
  readonly forkOf: Repository | null
  defaultBranch: string
  isArchived: boolean
  isDeleted: boolean
  /** Commits that were read already, by id. */
  readonly commits: Map<string, CommitObject>
  /** The bare repository. */
  readonly gitDirectory: string
  /** Name without `refs/heads/` -> commit. The same as the refs on disk: only we write them. */
  readonly branches: Map<string, string>
  /** What happened to branches, oldest first. */
  readonly activity: Activity[]
  readonly collaborators: Map<string, Role>
  /** Team id -> role. */
  readonly teams: Map<number, Role>
  readonly rulesets: Ruleset[]
  readonly protections: ClassicProtection[]
  readonly pullRequests: Map<number, PullRequest>
  readonly comments: Map<number, Comment>
  readonly checkSuites: CheckSuite[]
  readonly checkRuns: CheckRun[]
  readonly createdAt: Date
  pushedAt: Date
}

/** https://docs.github.com/en/rest/repos/repos#list-repository-activities */
export interface Activity {
  readonly id: number
  readonly branch: string
  readonly kind: 'push' | 'force_push' | 'branch_creation' | 'branch_deletion' | 'pr_merge'
  /** Null where the branch did not exist. */
  readonly before: string | null
  readonly after: string | null
  readonly actor: Account
  readonly at: Date
}

export interface Installation {
  readonly id: number
  readonly account: Account
  permissions: Permissions
  readonly events: readonly string[]
  /** `null`: all repositories of the account. */
  selected: Set<number> | null
  suspendedAt: Date | null
  readonly createdAt: Date
  updatedAt: Date
}

export type Permissions = Readonly<Record<string, string>>

export interface InstallationToken {
  readonly installation: number
  readonly permissions: Permissions
  /** `null`: whatever the installation may see. */
  readonly repositories: ReadonlySet<number> | null
  readonly expiresAt: Date
}

export interface PullRequest {
  readonly id: number
  readonly number: number
  readonly author: Account
  title: string
  body: string | null
  isDraft: boolean
  state: 'open' | 'closed'
  base: string
  /** The last tip of the base branch: GitHub keeps it when the branch is gone. */
  baseSha: string
  readonly head: { readonly repository: Repository; readonly branch: string }
  headSha: string
  readonly labels: Set<string>
  readonly reviews: Review[]
  readonly createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  merge: { readonly sha: string; readonly by: Account; readonly at: Date } | null
}

export interface Review {
  readonly id: number
  readonly author: Account
  readonly body: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED'
  readonly commit: string
  readonly submittedAt: Date
}

export interface Comment {
  readonly id: number
  readonly number: number
  readonly author: Account
  readonly byApp: boolean
  body: string
  readonly reactions: {
    readonly id: number
    readonly content: string
    readonly author: Account
    readonly at: Date
  }[]
  readonly createdAt: Date
  updatedAt: Date
}

/** Who made a check run: the App under test, or another one. */
export interface AppIdentity {
  readonly id: number
  readonly slug: string
  readonly name: string
}

export interface CheckSuite {
  readonly id: number
  readonly app: AppIdentity
  readonly headSha: string
  readonly headBranch: string | null
  readonly before: string | null
  readonly createdAt: Date
}

export interface CheckRun {
  readonly id: number
  readonly suite: CheckSuite
  name: string
  externalId: string
  detailsUrl: string | null
  status: string
  conclusion: string | null
  startedAt: string | null
  completedAt: string | null
  title: string | null
  summary: string | null
  text: string | null
  readonly annotations: Annotation[]
  actions: readonly CheckAction[]
}

export interface Annotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column?: number | undefined
  readonly end_column?: number | undefined
  readonly annotation_level: string
  readonly message: string
  readonly title?: string | undefined
  readonly raw_details?: string | undefined
}

export interface CheckAction {
  readonly label: string
  readonly description: string
  readonly identifier: string
}

/** A rule as the API writes it: `{ type: 'required_status_checks', parameters: { … } }`. */
export interface Rule {
  readonly type: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

export interface Ruleset {
  readonly id: number
  readonly name: string
  readonly source: { readonly type: 'Repository' | 'Organization'; readonly name: string }
  enforcement: 'active' | 'evaluate' | 'disabled'
  /** `~DEFAULT_BRANCH`, `~ALL` or patterns such as `refs/heads/release/**`. */
  include: readonly string[]
  exclude: readonly string[]
  /** Of an organisation's ruleset: `~ALL` or patterns of names. */
  repositories: readonly string[]
  bypassActors: readonly Readonly<Record<string, unknown>>[]
  rules: readonly Rule[]
  readonly createdAt: Date
  updatedAt: Date
}

/** https://docs.github.com/en/rest/branches/branch-protection */
export interface ClassicProtection {
  readonly id: number
  /** The branch, or a pattern of branches. */
  readonly pattern: string
  readonly requiredChecks: {
    readonly strict: boolean
    readonly checks: readonly { readonly context: string; readonly appId: number | null }[]
  } | null
  readonly reviews: {
    readonly count: number
    readonly dismissStale: boolean
    readonly codeOwners: boolean
    readonly lastPush: boolean
  } | null
  readonly enforceAdmins: boolean
  readonly requiredSignatures: boolean
  readonly linearHistory: boolean
  readonly forcePushes: boolean
  readonly deletions: boolean
  readonly conversationResolution: boolean
  readonly createdAt: Date
}

export function emptyState(): State {
  return {
    accounts: new Map(),
    repositories: new Map(),
    names: new Map(),
    installations: new Map(),
    installationTokens: new Map(),
    personalTokens: new Map(),
    lastId: 1000,
  }
}
