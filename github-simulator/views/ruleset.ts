import type { ClassicProtection, Repository, Ruleset } from '../state.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'
import { repositoryApi, repositoryPage } from './repository.ts'

/** `repository-ruleset` of a list: without conditions and rules. */
export function simpleRulesetView(world: World, repository: Repository, ruleset: Ruleset) {
  const { id, source } = ruleset
  return {
    id,
    name: ruleset.name,
    target: 'branch',
    source_type: source.type,
    source: source.name,
    enforcement: ruleset.enforcement,
    node_id: nodeId('RepositoryRuleset', id),
    _links: {
      self: { href: `${repositoryApi(world, repository)}/rulesets/${id}` },
      html: { href: `${repositoryPage(world, repository)}/rules/${id}` },
    },
    created_at: timestamp(ruleset.createdAt),
    updated_at: timestamp(ruleset.updatedAt),
  }
}

/** `repository-ruleset`. GitHub shows who may bypass it only to whoever may change it. */
export function rulesetView(world: World, repository: Repository, ruleset: Ruleset, mayChange: boolean) {
  const refName = { include: ruleset.include, exclude: ruleset.exclude }
  const names = { repository_name: { include: ruleset.repositories, exclude: [] } }
  return {
    ...simpleRulesetView(world, repository, ruleset),
    ...(mayChange ? { bypass_actors: ruleset.bypassActors } : {}),
    current_user_can_bypass: 'never',
    conditions: { ref_name: refName, ...(ruleset.source.type === 'Organization' ? names : {}) },
    rules: ruleset.rules,
  }
}

/** `branch-protection`. */
export function protectionView(
  world: World,
  repository: Repository,
  branch: string,
  rule: ClassicProtection,
) {
  const url = `${repositoryApi(world, repository)}/branches/${encodeURIComponent(branch)}/protection`
  const { requiredChecks, reviews } = rule
  return {
    url,
    ...(requiredChecks === null ? {} : { required_status_checks: requiredChecksView(url, requiredChecks) }),
    ...(reviews === null
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: reviews.dismissStale,
            require_code_owner_reviews: reviews.codeOwners,
            require_last_push_approval: reviews.lastPush,
            required_approving_review_count: reviews.count,
          },
        }),
    required_signatures: { url: `${url}/required_signatures`, enabled: rule.requiredSignatures },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: rule.enforceAdmins },
    required_linear_history: { enabled: rule.linearHistory },
    allow_force_pushes: { enabled: rule.forcePushes },
    allow_deletions: { enabled: rule.deletions },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: rule.conversationResolution },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  }
}

function requiredChecksView(url: string, required: NonNullable<ClassicProtection['requiredChecks']>) {
  return {
    url: `${url}/required_status_checks`,
    strict: required.strict,
    contexts: required.checks.map(({ context }) => context),
    contexts_url: `${url}/required_status_checks/contexts`,
    checks: required.checks.map(({ context, appId }) => ({ context, app_id: appId })),
  }
}
