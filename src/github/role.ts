import { z } from 'zod'

import type { Role } from '../model/policy.ts'
import type { RepositoryName } from '../ports/github.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

const Permission = z.object({ role_name: z.string().optional(), permission: z.string() })

/** What GitHub calls a role, and the older words that it still uses in `permission`. */
const roles: Readonly<Record<string, Role>> = {
  read: 'read',
  triage: 'triage',
  write: 'write',
  maintain: 'maintain',
  admin: 'admin',
  pull: 'read',
  push: 'write',
}

/** Read anew at each call. https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user */
export async function readRole(reader: Reader, name: RepositoryName, login: string): Promise<Role | null> {
  const found = await reader.oneOrNull(
    {
      path: path`/repos/${name.owner}/${name.name}/collaborators/${login}/permission`,
      permission: { name: 'metadata', level: 'read' },
      priority: 'result',
      keep: 'nowhere',
    },
    Permission,
  )
  // `permission` folds maintain into write, so it is asked only about a role that the organisation made itself.
  return found === null ? null : (roleNamed(found.role_name) ?? roleNamed(found.permission))
}

/** Null for `none`, and for roles that an organisation made itself. */
export function roleNamed(name: string | undefined): Role | null {
  return name !== undefined && Object.hasOwn(roles, name) ? (roles[name] ?? null) : null
}
