import { z } from 'zod'

import type { Facts } from '../model/facts.ts'
import type { Role } from '../model/policy.ts'
import { PermissionMissing } from '../ports/github-errors.ts'
import type { RepositoryName } from '../ports/github.ts'
import { Account, actorOf } from './actor.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'
import { roleNamed } from './role.ts'

const Collaborator = Account.extend({
  role_name: z.string().optional(),
  permissions: z.record(z.string(), z.boolean()).default({}),
})

/** Strongest first, as `permissions` names them. */
const rights = ['admin', 'maintain', 'push', 'triage', 'pull'] as const

/** https://docs.github.com/en/rest/collaborators/collaborators#list-repository-collaborators */
export async function readCollaborators(
  reader: Reader,
  { owner, name }: RepositoryName,
): Promise<Facts['collaborators']> {
  try {
    const found = await reader.all(
      {
        path: path`/repos/${owner}/${name}/collaborators`,
        permission: { name: 'metadata', level: 'read' },
        priority: 'facts',
        keep: 'stored',
      },
      Collaborator,
    )
    return found.flatMap((one) => {
      const [actor, role] = [actorOf(one), roleOf(one)]
      return actor === null || role === null ? [] : [{ actor, role }]
    })
  } catch (error) {
    if (error instanceof PermissionMissing) return null
    throw error
  }
}

/** A role that the organisation made itself counts as the strongest of GitHub's that it contains. */
function roleOf({ role_name, permissions }: z.infer<typeof Collaborator>): Role | null {
  return roleNamed(role_name) ?? roleNamed(rights.find((right) => permissions[right] === true))
}
