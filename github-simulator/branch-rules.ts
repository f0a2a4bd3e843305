import { minimatch } from 'minimatch'
import { z } from 'zod'

import { isAtLeast, roleOf } from './roles.ts'
import type { CheckRun, ClassicProtection, PullRequest, Repository, Rule, Ruleset } from './state.ts'
import { latestRuns } from './views/check-run.ts'

export interface EffectiveRule {
  readonly ruleset: Ruleset
  readonly rule: Rule
}

export interface RequiredCheck {
  readonly context: string
  /** The App that alone may satisfy it; null for any. */
  readonly appId: number | null
}

/** Rules of the active rulesets, those of the organisation included, that hold for a branch. */
export function effectiveRules(repository: Repository, branch: string): EffectiveRule[] {
  return rulesetsOf(repository)
    .filter((ruleset) => ruleset.enforcement === 'active' && covers(ruleset, repository, branch))
    .flatMap((ruleset) => ruleset.rules.map((rule) => ({ ruleset, rule })))
}

/** The repository's own rulesets and those of its organisation that name it. */
export function rulesetsOf(repository: Repository): Ruleset[] {
  const ofOwner = repository.owner.rulesets.filter(({ repositories }) =>
    repositories.some((pattern) => pattern === '~ALL' || minimatch(repository.name, pattern)),
  )
  return [...repository.rulesets, ...ofOwner]
}

/** The classic protection of a branch: a rule for exactly this branch comes before one with a pattern. */
export function classicProtection(repository: Repository, branch: string): ClassicProtection | null {
  const { protections } = repository
  const exact = protections.find(({ pattern }) => pattern === branch)
  return exact ?? protections.find(({ pattern }) => minimatch(branch, pattern)) ?? null
}

const StatusChecks = z.object({
  required_status_checks: z.array(z.object({ context: z.string(), integration_id: z.number().optional() })),
})
const PullRequestRule = z.object({ required_approving_review_count: z.number() })

/** Checks that a merge into this branch needs, from rulesets and classic protection together. */
export function requiredChecks(repository: Repository, branch: string): RequiredCheck[] {
  const ofRulesets = effectiveRules(repository, branch)
    .filter(({ rule }) => rule.type === 'required_status_checks')
    .flatMap(({ rule }) => StatusChecks.parse(rule.parameters).required_status_checks)
    .map(({ context, integration_id: appId }) => ({ context, appId: appId ?? null }))
  const classic = classicProtection(repository, branch)?.requiredChecks?.checks ?? []
  return [...ofRulesets, ...classic]
}

/** Why GitHub refuses to merge, in its words; empty if it does not. */
export function mergeBlockers(repository: Repository, pull: PullRequest): string[] {
  const runs = latestRuns(repository.checkRuns.filter(({ suite }) => suite.headSha === pull.headSha))
  const checks = requiredChecks(repository, pull.base).flatMap(
    (required) => checkBlocker(required, runs) ?? [],
  )
  return [...new Set(checks), ...reviewBlockers(repository, pull)]
}

/** https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks */
const satisfying = ['success', 'neutral', 'skipped']

function checkBlocker({ context, appId }: RequiredCheck, runs: readonly CheckRun[]): string | null {
  const named = runs.filter((run) => run.name === context && (appId === null || run.suite.app.id === appId))
  if (named.length === 0) return `Required status check "${context}" is expected.`
  if (named.some(({ status }) => status !== 'completed'))
    return `Required status check "${context}" is in progress.`
  const isSatisfied = named.every(({ conclusion }) => conclusion !== null && satisfying.includes(conclusion))
  return isSatisfied ? null : `Required status check "${context}" is failing.`
}

function reviewBlockers(repository: Repository, pull: PullRequest): string[] {
  const needed = requiredApprovals(repository, pull.base)
  if (needed === null) return []
  const last = new Map<string, string>()
  for (const { author, state } of pull.reviews)
    if (state !== 'COMMENTED' && author !== pull.author && isAtLeast(roleOf(repository, author), 'write'))
      last.set(author.login, state)
  const states = [...last.values()]
  if (states.includes('CHANGES_REQUESTED')) return ['Changes have been requested.']
  const missing = needed - states.filter((state) => state === 'APPROVED').length
  if (missing <= 0) return []
  return [
    `At least ${needed} approving review${needed === 1 ? ' is' : 's are'} required by reviewers with write access.`,
  ]
}

/** Null where no rule asks for pull requests. */
function requiredApprovals(repository: Repository, branch: string): number | null {
  const counts = effectiveRules(repository, branch)
    .filter(({ rule }) => rule.type === 'pull_request')
    .map(({ rule }) => PullRequestRule.parse(rule.parameters).required_approving_review_count)
  const classic = classicProtection(repository, branch)?.reviews
  if (classic !== null && classic !== undefined) counts.push(classic.count)
  return counts.length === 0 ? null : Math.max(...counts)
}

function covers({ include, exclude }: Ruleset, repository: Repository, branch: string): boolean {
  const matches = (pattern: string) =>
    pattern === '~ALL' ||
    (pattern === '~DEFAULT_BRANCH' && branch === repository.defaultBranch) ||
    minimatch(`refs/heads/${branch}`, pattern)
  return include.some(matches) && !exclude.some(matches)
}
