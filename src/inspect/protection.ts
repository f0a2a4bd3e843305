import type { EffectiveRules } from '../model/facts.ts'
import type { Guarantee, Inspection } from '../model/inspection.ts'
import type { ProtectionPolicy } from '../model/policy.ts'

export interface DesiredProtection {
  readonly protection: ProtectionPolicy
  /** Name of the check that the branch rule posts. */
  readonly check: string
  readonly rules: EffectiveRules
}

/**
 * Compares what is effective on a branch with what the policy wants. A guarantee that is seen holds; one that is not seen
 * is missing only where everything could be read, else it is unknown.
 */
export function inspectProtection({ protection, check, rules }: DesiredProtection): Inspection {
  const guarantees: Guarantee[] = []
  if (protection.require_check) guarantees.push(checkRequired(check, rules), checkPinned(check, rules))
  if (protection.no_force_push) guarantees.push(forcePushBlocked(rules))
  guarantees.push(noBypass(protection.bypass_actors, rules))
  return { branch: rules.branch, guarantees }
}

function checkRequired(check: string, rules: EffectiveRules): Guarantee {
  const required = rules.requiredChecks.filter(({ name }) => name === check)
  const id = 'check-required'
  if (required.length > 0) {
    const sources = [...new Set(required.map(({ source }) => source))].join(', ')
    return holding(id, `The check ${check} is required on ${rules.branch} (${sources}).`)
  }
  if (rules.unknown.length > 0) return unknown(id, `Whether the check ${check} is required`, rules)
  return missing(
    id,
    `The check ${check} is not required on ${rules.branch}: a change merges whatever it says.`,
    `${toRuleset(rules)} turn on "Require status checks to pass" and add ${check} with Portcullis as its source.`,
  )
}

function checkPinned(check: string, rules: EffectiveRules): Guarantee {
  const id = 'check-pinned'
  const apps = rules.requiredChecks.filter(({ name }) => name === check).map(({ app }) => app)
  if (rules.app === null) {
    const message = `Whether the check ${check} is accepted from this App alone is unknown: the App's own id is not known here.`
    return { id, holds: 'unknown', message, remediation: 'Look at the inspection that the App itself makes.' }
  }
  // Requirements add up: beside one that is pinned, one from any source changes nothing.
  if (apps.includes(rules.app)) return holding(id, `The check ${check} counts only from this App.`)
  if (rules.unknown.length > 0)
    return unknown(id, `Whether the check ${check} counts only from this App`, rules)
  return missing(
    id,
    unpinned(check, apps),
    `${toRuleset(rules)} choose Portcullis as the source of the required check ${check}.`,
  )
}

function unpinned(check: string, apps: readonly (number | null)[]): string {
  const others = apps.filter((app) => app !== null)
  if (others.length > 0) {
    return `The check ${check} counts only from App ${others.join(', ')}, which is not this one: ours never satisfies it.`
  }
  if (apps.length === 0) return `The check ${check} is not required, so it is not pinned to this App either.`
  return `The check ${check} counts from any source: whoever may write statuses or run a workflow can turn it green.`
}

function forcePushBlocked(rules: EffectiveRules): Guarantee {
  const id = 'force-push-blocked'
  if (rules.forcePushBlocked) return holding(id, `Force pushes to ${rules.branch} are blocked.`)
  if (rules.unknown.length > 0)
    return unknown(id, `Whether force pushes to ${rules.branch} are blocked`, rules)
  return missing(
    id,
    `Force pushes to ${rules.branch} are allowed: history that was judged can be replaced.`,
    `${toRuleset(rules)} turn on "Block force pushes".`,
  )
}

function noBypass(allowed: readonly string[], rules: EffectiveRules): Guarantee {
  const id = 'no-bypass'
  const others = (rules.bypassActors ?? []).filter((actor) => !allowed.includes(actor))
  if (others.length > 0) {
    return missing(
      id,
      `These may bypass the rules of ${rules.branch}, and the policy does not name them: ${others.join(', ')}.`,
      `${toRuleset(rules)} remove them from the "Bypass list", or name them in protection.bypass_actors of the policy.`,
    )
  }
  if (rules.bypassActors === null || rules.unknown.length > 0) {
    return unknown(id, `Who may bypass the rules of ${rules.branch}`, rules)
  }
  const who = rules.bypassActors.length === 0 ? 'Nobody' : `Nobody but ${rules.bypassActors.join(', ')}`
  return holding(id, `${who} may bypass the rules of ${rules.branch}.`)
}

function holding(id: Guarantee['id'], message: string): Guarantee {
  return { id, holds: 'yes', message, remediation: '' }
}

function missing(id: Guarantee['id'], message: string, remediation: string): Guarantee {
  return { id, holds: 'no', message, remediation }
}

/** GitHub shows the bypass list of a ruleset only to those who may edit it, so a person has to look. */
function unknown(id: Guarantee['id'], what: string, rules: EffectiveRules): Guarantee {
  const reasons =
    rules.unknown.length > 0 ? rules.unknown.join('; ') : 'GitHub does not show the bypass list to the App'
  const grant = rules.unknown.length > 0 ? 'Grant the App what is missing there, or look' : 'Look'
  return {
    id,
    holds: 'unknown',
    message: `${what} could not be read: ${reasons}.`,
    remediation: `${grant} yourself in the repository under Settings, Rules and Branches.`,
  }
}

function toRuleset(rules: EffectiveRules): string {
  return `In the repository's Settings, Rules, Rulesets, open the ruleset of ${rules.branch} (or make one) and`
}
