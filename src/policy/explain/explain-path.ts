import type { EffectivePolicy } from '../../model/policy-source.ts'
import { isPolicyPath } from '../policy-paths.ts'
import { matcherOf } from '../values/glob.ts'
import { lineAt } from './line.ts'
import type { ExplainedLine } from './line.ts'

/** What the policy says about one file. */
export function explainPath(effective: EffectivePolicy, path: string): ExplainedLine[] {
  const { policy } = effective
  const { include, exclude } = policy.gates.secrets
  const matches = (globs: readonly string[]) => matcherOf(globs)(path)
  const tenants = Object.entries(policy.gitops.tenants).filter(([, tenant]) => matches(tenant.paths))
  return [
    lineAt(effective, 'gates.secrets.include', matches(include) ? 'yes' : 'no'),
    lineAt(effective, 'gates.secrets.exclude', matches(exclude) ? 'yes' : 'no'),
    lineAt(effective, 'gitops.production', matches(policy.gitops.production) ? 'yes' : 'no'),
    ...tenants.map(([name]) => lineAt(effective, `gitops.tenants.${name}`, 'yes')),
    ...policy.gates.reviews.requirements.flatMap((requirement, index) => {
      const paths = requirement.if?.paths
      const applies = paths === undefined ? requirement.if === null : matches(paths)
      return applies ? [lineAt(effective, `gates.reviews.requirements[${index}]`, requirement.name)] : []
    }),
    ...policy.waivers.active.flatMap((waiver, index) =>
      matches(waiver.paths)
        ? [lineAt(effective, `waivers.active[${index}]`, `${waiver.rule} until ${waiver.expires}`)]
        : [],
    ),
    ...(isPolicyPath(policy, path) ? [lineAt(effective, 'policy_changes', policy.policy_changes)] : []),
  ]
}
