import type { Facts } from '../model/facts.ts'
import type { BranchRule, Policy } from '../model/policy.ts'
import type { Mirror } from '../ports/git.ts'
import type { RepositoryFacts } from '../ports/github.ts'
import type { LoadedPolicy } from './load-policy.ts'

/** An evaluation of a pull request or a push that has read all that it needs. */
export interface ReadyEvaluation {
  readonly installation: number
  /** Orders evaluations. */
  readonly number: number
  readonly repository: RepositoryFacts
  /** `pull/12`, or the ref that was pushed to. */
  readonly subject: string
  /** The guarded branch. */
  readonly branch: string
  readonly head: string
  /** Commits that were pushed too and that the head may not contain. */
  readonly also: readonly string[]
  /** The base side; null where there is none. */
  readonly base: string | null
  readonly isDraft: boolean
  /** Somebody asked for it. */
  readonly isRescan: boolean
  /** Nothing that was kept of earlier evaluations is used. */
  readonly isFresh: boolean
  /** Asked again before anything is written. */
  isStillHead(): Promise<boolean>
  readonly mirror: Mirror
  readonly loaded: LoadedPolicy
  /** What names the checks. */
  readonly policy: Policy
  readonly facts: Facts
  /** The branch rules that the branch falls under, each with its check. */
  readonly rules: readonly BranchRule[]
  readonly today: string
}
