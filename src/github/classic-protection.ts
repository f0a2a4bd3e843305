import { z } from 'zod'

import type { Age, RepositoryName } from '../ports/github.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'
import type { Protection, RequiredCheck } from './rulesets.ts'
import { appOf } from './rulesets.ts'

const Enabled = z.object({ enabled: z.boolean() }).default({ enabled: false })
const Named = z.array(z.object({ login: z.string().optional(), slug: z.string().optional() })).default([])

const ClassicProtection = z.object({
  required_status_checks: z
    .object({
      contexts: z.array(z.string()).default([]),
      checks: z.array(z.object({ context: z.string(), app_id: z.int().nullish() })).optional(),
    })
    .nullish(),
  enforce_admins: Enabled,
  allow_force_pushes: Enabled,
  allow_deletions: Enabled,
  required_pull_request_reviews: z
    .object({
      bypass_pull_request_allowances: z.object({ users: Named, teams: Named, apps: Named }).optional(),
    })
    .nullish(),
})
type ClassicProtection = z.infer<typeof ClassicProtection>

/** What classic protection is called in {@link RequiredCheck.source}. */
const source = 'branch protection'

/** Null where the branch has none. https://docs.github.com/en/rest/branches/branch-protection#get-branch-protection */
export async function readClassicProtection(
  reader: Reader,
  { owner, name }: RepositoryName,
  { branch, age }: { readonly branch: string; readonly age: Age },
): Promise<Protection | null> {
  const found = await reader.oneOrNull(
    {
      path: path`/repos/${owner}/${name}/branches/${branch}/protection`,
      permission: { name: 'administration', level: 'read' },
      priority: 'facts',
      keep: 'stored',
      age,
    },
    ClassicProtection,
  )
  if (found === null) return null
  return {
    requiredChecks: checksOf(found),
    forcePushBlocked: !found.allow_force_pushes.enabled,
    deletionBlocked: !found.allow_deletions.enabled,
    bypassActors: bypassActorsOf(found),
  }
}

/** `contexts` alone is what older servers give. */
function checksOf({ required_status_checks: required }: ClassicProtection): RequiredCheck[] {
  const checks = required?.checks ?? required?.contexts.map((context) => ({ context, app_id: null })) ?? []
  return checks.map(({ context, app_id }) => ({ name: context, app: appOf(app_id), source }))
}

/** Without `enforce_admins` nothing of it holds for administrators. */
function bypassActorsOf(found: ClassicProtection): string[] {
  const { users, teams, apps } = found.required_pull_request_reviews?.bypass_pull_request_allowances ?? {
    users: [],
    teams: [],
    apps: [],
  }
  return [
    ...(found.enforce_admins.enabled ? [] : ['administrators']),
    ...users.map(({ login }) => `user ${login ?? '?'}`),
    ...teams.map(({ slug }) => `team ${slug ?? '?'}`),
    ...apps.map(({ slug }) => `app ${slug ?? '?'}`),
  ]
}
