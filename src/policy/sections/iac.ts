import { z } from 'zod'

import type { RuleSetting } from '../../model/policy.ts'
import { key } from '../key.ts'
import { entriesAdd, keysAdd, ordered } from '../strictness.ts'
import { Day } from '../values/day.ts'
import { CustomRuleId, RuleId } from '../values/rule-id.ts'
import { refuseTwins } from '../values/twins.ts'

/** From the weakest to the strictest, for a rule; `fail_on` has it the other way round. */
export const severities = ['info', 'low', 'medium', 'high', 'error', 'critical'] as const

const Severity = z.enum(['critical', 'error', 'high', 'medium', 'low', 'info'])

const Setting = z
  .strictObject({
    severity: Severity.optional().meta({ description: 'Instead of the rule’s own.' }),
    off: z.string().min(1).optional().meta({ description: 'The rule is off, and this is why.' }),
    until: Day.nullable().optional().meta({ description: 'The day from which on it is no longer off.' }),
  })
  .transform(({ severity, off, until = null }, context): RuleSetting => {
    if (severity !== undefined && off === undefined && until === null) return { severity }
    if (severity === undefined && off !== undefined) return { off, until }
    context.addIssue({
      code: 'custom',
      message: 'needs either a severity, or "off" with the reason (and "until")',
    })
    return z.NEVER
  })

const Custom = z.strictObject({
  id: CustomRuleId.meta({ description: 'custom/NAME.' }),
  title: z.string().min(1).max(200).meta({ description: 'What every object of these kinds must have.' }),
  kinds: z.array(z.string().min(1)).min(1).meta({ description: 'Kinds of Kubernetes objects.' }),
  deny: z.string().min(1).meta({ description: 'CEL over `object`; true is a finding.' }),
  severity: Severity.meta({ description: 'How bad a finding is.' }),
  remediation: z.string().min(1).meta({ description: 'What to do, as an order.' }),
})

/** `off` is weaker than any severity, and longer off is weaker than shorter. */
function settingHolds(floor: RuleSetting, value: RuleSetting): boolean {
  if ('severity' in value)
    return 'off' in floor || severities.indexOf(value.severity) >= severities.indexOf(floor.severity)
  return 'off' in floor && (floor.until === null || (value.until !== null && value.until <= floor.until))
}

export const Iac = z.strictObject({
  fail_on: key(z.enum(['critical', 'error', 'high', 'medium', 'low', 'never']), {
    default: 'high',
    description: 'This severity and above blocks. info never does.',
    stricter: ordered('never', 'critical', 'error', 'high', 'medium', 'low'),
  }),
  scope: key(z.enum(['changed', 'all']), {
    default: 'changed',
    description: 'changed: only what the change introduces or weakens blocks.',
    stricter: ordered('changed', 'all'),
  }),
  unrendered: key(z.enum(['warn', 'block']), {
    default: 'warn',
    description: 'What a chart or an overlay that cannot be built does.',
    stricter: ordered('warn', 'block'),
  }),
  rules: key(z.record(RuleId, Setting), {
    default: {},
    description: 'By id of a rule: another severity, or off with the reason.',
    stricter: keysAdd('a rule may only become more severe, and none may be turned off', settingHolds),
  }),
  custom: key(
    z.array(Custom).superRefine((rules, context) => {
      refuseTwins(rules, 'id', context, (id) => `the rule ${id} is there twice`)
    }),
    {
      default: [],
      description: 'Rules of your own.',
      stricter: entriesAdd('id', 'rules add up; one that is there may not be changed'),
    },
  ),
})
