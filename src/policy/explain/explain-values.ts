import type { EffectivePolicy } from '../../model/policy-source.ts'
import { policyKeys } from '../policy-file.ts'
import { valueAt } from '../problems/issue.ts'
import { lineAt } from './line.ts'
import type { ExplainedLine } from './line.ts'

/** Every value of the policy; of what several files may add to, every entry. */
export function explainValues(effective: EffectivePolicy): ExplainedLine[] {
  return [...policyKeys].flatMap(([path, { joins }]) => {
    const value = valueAt(effective.policy, path.split('.'))
    const entries =
      joins === 'adds' && typeof value === 'object' && value !== null ? Object.entries(value) : []
    if (entries.length === 0) return [lineAt(effective, path, value)]
    return entries.map(([name, entry]) =>
      lineAt(effective, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, entry),
    )
  })
}
