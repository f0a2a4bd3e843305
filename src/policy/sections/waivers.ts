import { z } from 'zod'

import { key } from '../key.ts'
import { approvers, lower } from '../strictness.ts'
import { Approver, Login } from '../values/approver.ts'
import { Day } from '../values/day.ts'
import { Glob } from '../values/glob.ts'
import { RuleId } from '../values/rule-id.ts'

const Waiver = z.strictObject({
  rule: RuleId.meta({ description: 'The rule that is waived.' }),
  paths: z.array(Glob).min(1).default(['**']).meta({ description: 'Where.' }),
  reason: z.string().trim().min(1).max(1000).meta({ description: 'Why, for whoever reads it in a year.' }),
  granted_by: Login.meta({ description: 'Who granted it: not the author of the change.' }),
  granted: Day.meta({ description: 'The day it was granted.' }),
  expires: Day.meta({ description: 'The last day on which it holds.' }),
})

export const Waivers = z.strictObject({
  max_days: key(z.int().min(1).max(366), {
    default: 90,
    description: 'How many days a waiver may last.',
    stricter: lower,
  }),
  grant: key(z.array(Approver), {
    default: [],
    description: 'Who may grant one; never the author of the change. []: people with maintain or admin.',
    stricter: approvers(['maintain', 'admin']),
  }),
  active: key(z.array(Waiver), {
    default: [],
    description: 'The exceptions that hold.',
    stricter: { words: 'waivers add up', joins: 'adds', weaker: () => null },
  }),
})
