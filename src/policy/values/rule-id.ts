import { z } from 'zod'

const pattern = /^[a-z\d]+(?:-[a-z\d]+)*\/[a-z\d]+(?:-[a-z\d]+)*$/

/** `technology/name`. */
export const RuleId = z.string().regex(pattern, 'must be the id of a rule, such as k8s/privileged')

/** The id of a rule that a policy brings itself. */
export const CustomRuleId = z
  .string()
  .regex(/^custom\/[a-z\d]+(?:-[a-z\d]+)*$/, 'must be custom/NAME, in lower case with hyphens')
