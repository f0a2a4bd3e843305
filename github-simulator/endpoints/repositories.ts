import { notFound, ok } from '../answer.ts'
import type { Call } from '../call.ts'
import { grantedRole, isAtLeast, roleOf, teamMembers } from '../roles.ts'
import type { Account, Repository, Role, Team } from '../state.ts'
import { roles } from '../state.ts'
import { accountView, organizationView, profileView, teamView } from '../views/account.ts'
import { fullRepositoryView, permissionsView } from '../views/repository.ts'
import { timestamp } from '../world.ts'
import type { Endpoints } from './handler.ts'

/** Repositories, and who may do what in them. */
export const repositoryEndpoints = {
  'GET /repos/{owner}/{repo}': (call) => {
    const repository = call.repository()
    const role = call.caller.kind === 'person' ? roleOf(repository, call.caller.account) : 'read'
    return ok(fullRepositoryView(call.world, repository, role))
  },

  'GET /users/{username}': (call) => ok(profileView(call.world, accountOf(call, 'username'))),

  'GET /repos/{owner}/{repo}/collaborators': (call) => ({ items: collaborators(call) }),

  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': (call) => {
    const repository = call.repository()
    const account = accountOf(call, 'username')
    const role = roleOf(repository, account)
    return ok({
      permission: role === null ? 'none' : folded[role],
      role_name: role ?? 'none',
      user: collaboratorView(call, account, role),
    })
  },

  'GET /repos/{owner}/{repo}/teams': (call) => {
    const repository = call.repository()
    const teams = [...repository.owner.teams.values()].filter(({ id }) => repository.teams.has(id))
    return { items: teams.map((team) => grantedTeamView(call, repository, team)) }
  },

  'GET /orgs/{org}/teams/{team_slug}': (call) => ok(fullTeamView(call, teamOf(call))),

  'GET /orgs/{org}/teams/{team_slug}/members': (call) => {
    const wanted = call.option('role') ?? 'all'
    const members = [...teamMembers(teamOf(call))].filter(([, role]) => wanted === 'all' || wanted === role)
    const accounts = members.flatMap(([login]) => call.world.state.accounts.get(login) ?? [])
    return { items: accounts.map((account) => accountView(call.world, account)) }
  },
} satisfies Endpoints

/** GitHub's older word for a role, which knows only three. */
const folded: Readonly<Record<Role, string>> = {
  read: 'read',
  triage: 'read',
  write: 'write',
  maintain: 'write',
  admin: 'admin',
}

function accountOf(call: Call, parameter: string): Account {
  const account = call.world.state.accounts.get(call.text(parameter).toLowerCase())
  if (account === undefined) throw notFound()
  return account
}

function collaborators(call: Call) {
  const repository = call.repository()
  const affiliation = call.option('affiliation') ?? 'all'
  const atLeast = roles.find((role) => permissionOf[role] === call.option('permission'))
  const items: unknown[] = []
  for (const [login, account] of call.world.state.accounts) {
    const role = account.kind === 'Organization' ? null : grantedRole(repository, account)
    const isDirect = repository.collaborators.has(login)
    const isOutside = isDirect && !repository.owner.members.has(login)
    const isWanted = affiliation === 'all' || (affiliation === 'direct' ? isDirect : isOutside)
    if (role !== null && isWanted && (atLeast === undefined || isAtLeast(role, atLeast)))
      items.push(collaboratorView(call, account, role))
  }
  return items
}

/** How the five rights are named where a list is filtered by one. */
const permissionOf: Readonly<Record<Role, string>> = {
  read: 'pull',
  triage: 'triage',
  write: 'push',
  maintain: 'maintain',
  admin: 'admin',
}

function collaboratorView(call: Call, account: Account, role: Role | null) {
  return {
    ...accountView(call.world, account),
    permissions: permissionsView(role),
    role_name: role ?? 'none',
  }
}

function teamOf(call: Call): Team {
  const team = accountOf(call, 'org').teams.get(call.text('team_slug'))
  if (team === undefined) throw notFound()
  return team
}

function grantedTeamView(call: Call, repository: Repository, team: Team) {
  const role = repository.teams.get(team.id) ?? 'read'
  return { ...teamView(call.world, team), permission: permissionOf[role], permissions: permissionsView(role) }
}

function fullTeamView(call: Call, team: Team) {
  const repositories = [...call.world.state.repositories.values()].filter((one) => one.teams.has(team.id))
  const { organization } = team
  return {
    ...teamView(call.world, team),
    members_count: teamMembers(team).size,
    repos_count: repositories.length,
    created_at: timestamp(team.createdAt),
    updated_at: timestamp(team.createdAt),
    organization: {
      ...organizationView(call.world, organization),
      html_url: `${call.world.origin}/${organization.login}`,
      has_organization_projects: true,
      has_repository_projects: true,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      type: 'Organization',
      created_at: timestamp(organization.createdAt),
      updated_at: timestamp(organization.createdAt),
      archived_at: null,
    },
  }
}
