import { isDeepStrictEqual } from 'node:util'

import { z } from 'zod'

import type { Needs as NeedsOfModel, Requirement as RequirementOfModel } from '../../model/policy.ts'
import { Approver, outside } from '../values/approver.ts'
import { Glob } from '../values/glob.ts'

/** Stands for the paths of `gitops.production` in a condition. */
export const productionPaths = '~PRODUCTION'

/** What a file writes: one of the four forms. Which one is checked below, so that a mistake is reported at its own key. */
interface NeedsInFile {
  count?: number | undefined
  by?: string[] | undefined
  any?: NeedsInFile[] | undefined
  all?: NeedsInFile[] | undefined
  none?: NeedsInFile[] | undefined
}

const Count = z.int().min(0).max(100).optional().meta({ description: 'How many of `by` must approve.' })
const By = z
  .array(Approver)
  .min(1)
  .optional()
  .meta({ description: 'Logins, @organisation/team, roles (write, maintain, admin) or codeowners.' })

const Branch: z.ZodType<readonly NeedsOfModel[], NeedsInFile[]> = z.lazy(() => z.array(Needs).min(1))

const forms = () => ({
  count: Count,
  by: By,
  any: Branch.optional().meta({ description: 'One of these is enough.' }),
  all: Branch.optional().meta({ description: 'All of these.' }),
  none: Branch.optional().meta({ description: 'None of these may be satisfied.' }),
})

const Needs: z.ZodType<NeedsOfModel, NeedsInFile> = z
  .strictObject(forms())
  .transform((written, context) => toNeeds(written, context) ?? z.NEVER)

const Condition = z
  .strictObject({
    paths: z
      .array(
        Glob.refine((glob) => !glob.startsWith('~') || glob === productionPaths, {
          message: `names something unknown; the only name with "~" is ${productionPaths}`,
          params: { known: [productionPaths] },
        }),
      )
      .min(1)
      .optional()
      .meta({
        description: `Globs: one changed path that matches is enough. ${productionPaths} is gitops.production.`,
      }),
    weakens: z.boolean().optional().meta({
      description: 'true: where a guard, protection, waiver, RBAC or a network policy gets weaker.',
    }),
  })
  .refine((condition) => Object.keys(condition).length > 0, 'has no condition; leave "if" out to mean always')

/** One requirement: who must approve what. */
export const Requirement = z
  .strictObject({
    name: z.string().min(1).max(100).meta({ description: 'What people are shown.' }),
    if: Condition.nullable().optional().meta({ description: 'When it holds; without it always.' }),
    ...forms(),
  })
  .transform(({ name, if: condition = null, ...written }, context): RequirementOfModel => {
    const needs = toNeeds(written, context)
    return needs === null ? z.NEVER : { name, if: condition, ...needs }
  })

interface Written {
  readonly count?: number | undefined
  readonly by?: readonly string[] | undefined
  readonly any?: readonly NeedsOfModel[] | undefined
  readonly all?: readonly NeedsOfModel[] | undefined
  readonly none?: readonly NeedsOfModel[] | undefined
}

function toNeeds(
  { count, by, any, all, none }: Written,
  context: z.core.$RefinementCtx,
): NeedsOfModel | null {
  const found: NeedsOfModel[] = []
  if (count !== undefined && by !== undefined) found.push({ count, by })
  if (any !== undefined) found.push({ any })
  if (all !== undefined) found.push({ all })
  if (none !== undefined) found.push({ none })
  const isHalf = (count === undefined) !== (by === undefined)
  const [needs] = found
  if (needs !== undefined && found.length === 1 && !isHalf) return needs
  const message = 'needs exactly one of: "count" with "by", "any", "all", "none"'
  context.addIssue({ code: 'custom', message })
  return null
}

/** Whether the second asks for at least what the first does. Trees and conditions are not compared: they must be equal. */
export function requirementHolds(floor: RequirementOfModel, value: RequirementOfModel): boolean {
  if (isDeepStrictEqual(floor, value)) return true
  if (!isDeepStrictEqual(floor.if, value.if) || !('count' in floor) || !('count' in value)) return false
  return value.count >= floor.count && outside(floor.by, value.by) === null
}
