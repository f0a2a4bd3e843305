import type { Account, Repository, Role, Team } from './state.ts'
import { roles } from './state.ts'

/** What someone may do in a repository: the strongest of all the ways in which the right was given; null for nothing. */
export function roleOf(repository: Repository, account: Account): Role | null {
  const given = grantsOf(repository, account)
  if (!repository.isPrivate && account.kind === 'User') given.push('read')
  return strongest(given)
}

/** The same without the right of everybody to read a public repository: who is listed as a collaborator. */
export function grantedRole(repository: Repository, account: Account): Role | null {
  return strongest(grantsOf(repository, account))
}

/** Direct members and those of child teams, as GitHub lists them. */
export function teamMembers(team: Team): Map<string, 'member' | 'maintainer'> {
  const members = new Map(team.members)
  for (const child of team.organization.teams.values()) {
    if (child.parent !== team) continue
    for (const [login, role] of teamMembers(child)) if (!members.has(login)) members.set(login, role)
  }
  return members
}

export function associationOf(repository: Repository, account: Account): string {
  const login = account.login.toLowerCase()
  if (repository.owner === account) return 'OWNER'
  if (repository.owner.members.has(login)) return 'MEMBER'
  return repository.collaborators.has(login) ? 'COLLABORATOR' : 'NONE'
}

export function isAtLeast(role: Role | null, wanted: Role): boolean {
  return role !== null && roles.indexOf(role) >= roles.indexOf(wanted)
}

function grantsOf(repository: Repository, account: Account): Role[] {
  const login = account.login.toLowerCase()
  const { owner } = repository
  const given: Role[] = []
  if (owner === account || owner.members.get(login) === 'admin') given.push('admin')
  if (owner.members.has(login) && owner.basePermission !== 'none') given.push(owner.basePermission)
  const direct = repository.collaborators.get(login)
  if (direct !== undefined) given.push(direct)
  for (const team of owner.teams.values()) {
    const role = repository.teams.get(team.id)
    if (role !== undefined && teamMembers(team).has(login)) given.push(role)
  }
  return given
}

function strongest(given: readonly Role[]): Role | null {
  return given.toSorted((a, b) => roles.indexOf(b) - roles.indexOf(a))[0] ?? null
}
