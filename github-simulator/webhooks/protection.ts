import { emit } from '../emit.ts'
import type { Account, ClassicProtection, Repository, Ruleset } from '../state.ts'
import { rulesetView } from '../views/ruleset.ts'
import type { World } from '../world.ts'
import { timestamp } from '../world.ts'

type Action = 'created' | 'edited' | 'deleted'

/** `repository_ruleset`. */
export function rulesetHappened(
  world: World,
  repository: Repository,
  about: { action: Action; ruleset: Ruleset; sender: Account },
): void {
  const { action, ruleset, sender } = about
  const payload = { repository_ruleset: rulesetView(world, repository, ruleset, true) }
  emit(world, { event: 'repository_ruleset', action, repository, sender, payload })
}

/** `branch_protection_rule`. */
export function protectionHappened(
  world: World,
  repository: Repository,
  about: { action: Action; rule: ClassicProtection; sender: Account },
): void {
  const { action, rule, sender } = about
  const payload = { rule: ruleView(repository, rule), ...(action === 'edited' ? { changes: {} } : {}) }
  emit(world, { event: 'branch_protection_rule', action, repository, sender, payload })
}

/** A webhook writes a rule in words of its own, none of which the API uses. */
function ruleView(repository: Repository, rule: ClassicProtection) {
  const level = (isOn: boolean) => (isOn ? (rule.enforceAdmins ? 'everyone' : 'non_admins') : 'off')
  const reviews = rule.reviews ?? { count: 0, dismissStale: false, codeOwners: false, lastPush: false }
  return {
    id: rule.id,
    repository_id: repository.id,
    name: rule.pattern,
    created_at: timestamp(rule.createdAt),
    updated_at: timestamp(rule.createdAt),
    pull_request_reviews_enforcement_level: level(rule.reviews !== null),
    required_approving_review_count: reviews.count,
    dismiss_stale_reviews_on_push: reviews.dismissStale,
    require_code_owner_review: reviews.codeOwners,
    authorized_dismissal_actors_only: false,
    ignore_approvals_from_contributors: false,
    required_status_checks: rule.requiredChecks?.checks.map(({ context }) => context) ?? [],
    required_status_checks_enforcement_level: level(rule.requiredChecks !== null),
    strict_required_status_checks_policy: rule.requiredChecks?.strict ?? false,
    signature_requirement_enforcement_level: level(rule.requiredSignatures),
    linear_history_requirement_enforcement_level: level(rule.linearHistory),
    admin_enforced: rule.enforceAdmins,
    create_protected: false,
    allow_force_pushes_enforcement_level: level(rule.forcePushes),
    allow_deletions_enforcement_level: level(rule.deletions),
    merge_queue_enforcement_level: 'off',
    required_deployments_enforcement_level: 'off',
    required_conversation_resolution_level: level(rule.conversationResolution),
    authorized_actors_only: false,
    authorized_actor_names: [],
    require_last_push_approval: reviews.lastPush,
  }
}
