import type { Actor, EffectiveRules } from '../model/facts.ts'
import type { Scan } from '../model/gate.ts'
import type { Outcome, Verdict } from '../model/verdict.ts'
import type { Redacted } from '../std/redacted.ts'

/** Every key begins with the installation, so that no installation ever sees another's. `repository` is GitHub's id. */
export interface RepositoryKey {
  readonly installation: number
  readonly repository: number
}

export interface Installations {
  /** Makes it known; keeps what is there. */
  add(installation: number): Promise<void>
  /** Made once for each installation. */
  fingerprintKey(installation: number): Promise<Redacted>
  /** Forgets an installation with all that was kept of it, or of one of its repositories. */
  purge(installation: number, repository?: number): Promise<void>
  /** Repositories by their last known name, for deliveries that have only that. */
  repositoryId(installation: number, fullName: string): Promise<number | null>
  /** A repository is renamed under the same id. */
  nameRepository(key: RepositoryKey, fullName: string): Promise<void>
}

export interface PullRequestRow extends RepositoryKey {
  readonly number: number
  readonly head: string
  readonly baseBranch: string
  readonly isDraft: boolean
}

export interface PullRequests {
  /** What was last seen of an open pull request. Gives what was seen before; null for nothing. */
  put(row: PullRequestRow): Promise<PullRequestRow | null>
  /** Gives what was last seen; null for nothing. */
  remove(key: RepositoryKey, number: number): Promise<PullRequestRow | null>
  openByHead(key: RepositoryKey, head: string): Promise<readonly PullRequestRow[]>
  openByBase(key: RepositoryKey, baseBranch: string): Promise<readonly PullRequestRow[]>
}

/** What was evaluated: `pull/12`, or a ref. */
export interface EvaluationSubject extends RepositoryKey {
  readonly subject: string
}

export interface EvaluationRow extends EvaluationSubject {
  /** Grows with each evaluation of an installation; `external_id` of the check run. */
  readonly number: number
  readonly check: string
  readonly head: string
  readonly base: string | null
  /** Null where the change could not be read. */
  readonly trees: { readonly base: string | null; readonly head: string | null }
  readonly policyDigest: string
  /** Commit of the base branch that the policy came from. */
  readonly policyEpoch: string | null
  readonly rulesDigest: string
  readonly factsDigest: string
  readonly approvals: readonly CountedApproval[]
  readonly outcome: Outcome
  readonly verdict: Verdict
  /** Number of the evaluation of the same subject before it. */
  readonly previous: number | null
}

export interface CountedApproval {
  readonly actor: Actor
  readonly commit: string
  readonly tree: string | null
}

export interface Evaluations {
  /** The next number. Taken before facts are read, so that a later one has read later facts. */
  next(installation: number): Promise<number>
  finish(row: EvaluationRow): Promise<void>
  latest(subject: EvaluationSubject, check: string): Promise<EvaluationRow | null>
  /** The newest of each open pull request with this head under this check. */
  latestByHead(key: RepositoryKey, head: string, check: string): Promise<readonly EvaluationRow[]>
}

/** One check name at one head: who may write it, and what stands there. */
export interface PublicationKey extends RepositoryKey {
  readonly check: string
  readonly head: string
}

/** What was written last. `checkRun` is GitHub's id. */
export interface Published {
  readonly evaluation: number
  readonly digest: string
  readonly checkRun: number
  readonly isCompleted: boolean
}

export interface Publications {
  /**
   * Takes the right to write for at most `leaseMs`. `superseded` where a newer evaluation has been written, `busy` where
   * another one holds the right.
   */
  claim(
    key: PublicationKey,
    evaluation: number,
    leaseMs: number,
  ): Promise<
    { readonly kind: 'claimed'; readonly last: Published | null } | { readonly kind: 'superseded' | 'busy' }
  >
  /** Gives the right back, with what was written, if something was. */
  release(key: PublicationKey, evaluation: number, published: Published | null): Promise<void>
}

/** Kept results of a gate's scan. */
export interface ScanKey {
  readonly oid: string
  readonly path: string
}

export interface Scans {
  get(of: ScansOf, keys: readonly ScanKey[]): Promise<ReadonlyMap<string, Scan>>
  put(of: ScansOf, scans: readonly { readonly key: ScanKey; readonly scan: Scan }[]): Promise<void>
}

export interface ScansOf {
  readonly installation: number
  readonly gate: string
  readonly version: string
  readonly digest: string
}

/** The key of {@link Scans.get}'s answer. */
export function scanKey({ oid, path }: ScanKey): string {
  return `${oid} ${path}`
}

/** Answers of GitHub that are asked for again with `If-None-Match`. Only the fields that we read are kept. */
export interface Etags {
  get(installation: number, url: string): Promise<{ readonly etag: string; readonly value: unknown } | null>
  put(
    installation: number,
    url: string,
    entry: { readonly etag: string; readonly value: unknown },
  ): Promise<void>
}

export interface Inspections {
  put(key: RepositoryKey, branch: string, rules: EffectiveRules): Promise<void>
  latest(key: RepositoryKey, branch: string): Promise<EffectiveRules | null>
}

/** All that is kept. */
export interface Stores {
  readonly installations: Installations
  readonly pullRequests: PullRequests
  readonly evaluations: Evaluations
  readonly publications: Publications
  readonly scans: Scans
  readonly etags: Etags
  readonly inspections: Inspections
}
