import { z } from 'zod'

import type { BranchRule } from '../../model/policy.ts'
import { key } from '../key.ts'
import { entriesAdd } from '../strictness.ts'
import { Glob } from '../values/glob.ts'
import { refuseTwins } from '../values/twins.ts'

/** Stands for the repository's default branch in `match`. */
export const defaultBranch = '~DEFAULT_BRANCH'

const BranchPattern = Glob.refine((pattern) => !pattern.startsWith('~') || pattern === defaultBranch, {
  message: `names something unknown; the only name with "~" is ${defaultBranch}`,
  params: { known: [defaultBranch] },
})

const Rule = z.strictObject({
  name: z.string().min(1).max(100).meta({ description: 'What people are shown.' }),
  match: z
    .array(BranchPattern)
    .min(1)
    .meta({ description: `Globs on names of branches, or ${defaultBranch}.` }),
  check: z
    .string()
    .regex(/^[\w./-][\w ./-]{0,98}$/, 'must be 1 to 99 letters, digits, spaces, ".", "/", "_" or "-"')
    .meta({ description: 'The required check that only this rule posts.' }),
})

/** A later file may guard more branches under a rule, but not fewer. */
function holds(floor: BranchRule, value: BranchRule): boolean {
  return floor.check === value.check && floor.match.every((pattern) => value.match.includes(pattern))
}

export const branches = key(
  z
    .array(Rule)
    .min(1)
    .superRefine((rules, context) => {
      refuseTwins(rules, 'name', context, (name) => `the branch rule "${name}" is there twice`)
      refuseTwins(rules, 'check', context, (check) => `two branch rules share the check "${check}"`)
    }),
  {
    default: [{ name: 'default', match: [defaultBranch], check: 'portcullis' }],
    description: 'What is guarded: one required check for each rule. Two rules may not share a check.',
    stricter: entriesAdd('name', 'rules add up; one of the same name may only match more', holds),
  },
)
