import type { Gate } from '../model/gate.ts'
import type { RuleEntry } from '../model/rule.ts'
import { iac } from './iac/iac.ts'
import { rules as iacRules } from './iac/rules/index.ts'
import { protectionRules } from './reviews/protection-rules.ts'
import { reviews } from './reviews/reviews.ts'
import { rules as reviewRules } from './reviews/rules/index.ts'
import { catalogue as secretRules } from './secrets/catalogue.ts'
import { secrets } from './secrets/secrets.ts'

/** Every gate there is. */
export const gates: readonly Gate[] = [secrets, iac, reviews]

/** Every rule of every gate, as people read about it. */
export function catalogue(): RuleEntry[] {
  return [
    ...secretRules(),
    ...iacRules.map((rule): RuleEntry => ({ ...rule, gate: 'iac' })),
    // What a review is missing is shown by the check itself; there is no text that could be an example.
    ...[...reviewRules, ...Object.values(protectionRules)].map((rule): RuleEntry => ({
      ...rule,
      gate: 'reviews',
      examples: { fail: [], pass: [] },
    })),
  ]
}
