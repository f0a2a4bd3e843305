import { z } from 'zod'

import type { RepositoryName } from '../ports/github.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

/** What holds on a branch because of one source of protection, or of several together. */
export interface Protection {
  readonly requiredChecks: readonly RequiredCheck[]
  readonly forcePushBlocked: boolean
  readonly deletionBlocked: boolean
  /** Null where they cannot be read. */
  readonly bypassActors: readonly string[] | null
}

export interface RequiredCheck {
  readonly name: string
  /** Null for any source. */
  readonly app: number | null
  readonly source: string
}

const Rule = z.object({
  type: z.string(),
  ruleset_id: z.int().optional(),
  ruleset_source: z.string().optional(),
  parameters: z
    .object({
      required_status_checks: z
        .array(z.object({ context: z.string(), integration_id: z.int().nullish() }))
        .optional(),
    })
    .optional(),
})
type Rule = z.infer<typeof Rule>

/**
 * The active rulesets of all levels; null where none applies. Who may bypass them is shown only to those who may change
 * them. https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch
 */
export async function readRulesets(
  reader: Reader,
  { owner, name }: RepositoryName,
  branch: string,
): Promise<Protection | null> {
  const rules = await reader.all(
    {
      path: path`/repos/${owner}/${name}/rules/branches/${branch}`,
      permission: { name: 'metadata', level: 'read' },
      priority: 'facts',
      keep: 'stored',
    },
    Rule,
  )
  if (rules.length === 0) return null
  return {
    requiredChecks: rules.flatMap(checksOf),
    forcePushBlocked: rules.some(({ type }) => type === 'non_fast_forward'),
    deletionBlocked: rules.some(({ type }) => type === 'deletion'),
    bypassActors: null,
  }
}

function checksOf(rule: Rule): RequiredCheck[] {
  if (rule.type !== 'required_status_checks') return []
  const source = `ruleset ${rule.ruleset_id ?? '?'} of ${rule.ruleset_source ?? '?'}`
  return (rule.parameters?.required_status_checks ?? []).map(({ context, integration_id }) => ({
    name: context,
    app: appOf(integration_id),
    source,
  }))
}

/** GitHub writes any source as nothing, as null or as -1. */
export function appOf(id: number | null | undefined): number | null {
  return id === undefined || id === null || id <= 0 ? null : id
}
