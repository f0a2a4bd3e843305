import type { Actor } from '../model/facts.ts'
import { PermissionMissing } from '../ports/github-errors.ts'
import { Account, actorOf } from './actor.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

/** Members of a team and of the teams below it. https://docs.github.com/en/rest/teams/members#list-team-members */
export async function readTeamMembers(reader: Reader, team: string): Promise<Actor[] | null> {
  const [, organisation, slug] = /^@([^/]+)\/([^/]+)$/.exec(team) ?? []
  if (organisation === undefined || slug === undefined) return null
  try {
    const found = await reader.allOrNull(
      {
        path: path`/orgs/${organisation}/teams/${slug}/members`,
        permission: { name: 'members', level: 'read' },
        priority: 'facts',
        keep: 'stored',
      },
      Account,
    )
    return found?.flatMap((account) => actorOf(account) ?? []) ?? null
  } catch (error) {
    if (error instanceof PermissionMissing) return null
    throw error
  }
}
