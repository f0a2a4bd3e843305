import type { EffectivePolicy } from '../../model/policy-source.ts'
import type { RuleSetting } from '../../model/policy.ts'
import { matcherOf } from '../values/glob.ts'
import { lineAt } from './line.ts'
import type { ExplainedLine } from './line.ts'

/** What the policy says about one rule; with a path, which of its waivers hold there. */
export function explainRule(effective: EffectivePolicy, rule: string, path: string | null): ExplainedLine[] {
  const { gates, waivers } = effective.policy
  const isSecret = rule.startsWith('secrets/') || gates.secrets.custom.some(({ id }) => id === rule)
  const gate = isSecret ? 'secrets' : 'iac'
  const setting = Object.hasOwn(gates.iac.rules, rule) ? gates.iac.rules[rule] : undefined
  return [
    lineAt(effective, `gates.${gate}.fail_on`, gates[gate].fail_on),
    ...(isSecret ? [lineAt(effective, 'gates.secrets.waivable', gates.secrets.waivable)] : []),
    ...(setting === undefined ? [] : [lineAt(effective, `gates.iac.rules.${rule}`, settingWords(setting))]),
    ...waivers.active.flatMap((waiver, index) => {
      const holds = waiver.rule === rule && (path === null || matcherOf(waiver.paths)(path))
      const words = `${waiver.paths.join(', ')} until ${waiver.expires}, by ${waiver.granted_by}`
      return holds ? [lineAt(effective, `waivers.active[${index}]`, words)] : []
    }),
  ]
}

function settingWords(setting: RuleSetting): string {
  if ('severity' in setting) return `severity ${setting.severity}`
  return `off${setting.until === null ? '' : ` until ${setting.until}`}: ${setting.off}`
}
