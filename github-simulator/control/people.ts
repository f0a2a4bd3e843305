import { randomBytes } from 'node:crypto'

import type { Account, Role, Team } from '../state.ts'
import { membershipHappened, teamHappened } from '../webhooks/people.ts'
import type { World } from '../world.ts'
import { nextId } from '../world.ts'

/** Makes an account. Whoever has no address gets the one that GitHub hides addresses behind. */
export function createAccount(
  world: Pick<World, 'state' | 'clock'>,
  login: string,
  kind: Account['kind'],
  about: { name?: string; email?: string } = {},
): Account {
  const key = login.toLowerCase()
  if (world.state.accounts.has(key)) throw new Error(`the login ${login} is taken`)
  const id = nextId(world)
  const account: Account = {
    id,
    login,
    kind,
    name: about.name ?? login,
    email: about.email ?? `${id}+${login}@users.noreply.github.com`,
    createdAt: world.clock(),
    members: new Map(),
    teams: new Map(),
    basePermission: 'read',
    rulesets: [],
  }
  world.state.accounts.set(key, account)
  return account
}

/** People, organisations and teams. */
export class People {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  createUser(login: string, about: { name?: string; email?: string; kind?: 'User' | 'Bot' } = {}): Account {
    return createAccount(this.#world, login, about.kind ?? 'User', about)
  }

  createOrganization(
    login: string,
    { basePermission = 'read' }: { basePermission?: Role | 'none' } = {},
  ): Account {
    const account = createAccount(this.#world, login, 'Organization')
    account.basePermission = basePermission
    return account
  }

  addMember(organization: Account, member: Account, role: 'admin' | 'member' = 'member'): void {
    organization.members.set(member.login.toLowerCase(), role)
  }

  removeMember(organization: Account, member: Account): void {
    organization.members.delete(member.login.toLowerCase())
    for (const team of organization.teams.values()) team.members.delete(member.login.toLowerCase())
  }

  /** A personal access token, as the command line uses one. It may whatever the person may. */
  createToken(account: Account): string {
    const token = `ghp_${randomBytes(27).toString('hex').slice(0, 36)}`
    this.#world.state.personalTokens.set(token, account.login.toLowerCase())
    return token
  }

  createTeam(
    organization: Account,
    name: string,
    { members = [], parent = null }: { members?: readonly Account[]; parent?: Team | null } = {},
  ): Team {
    const slug = name.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-')
    const team: Team = {
      id: nextId(this.#world),
      organization,
      slug,
      name,
      parent,
      members: new Map(members.map(({ login }) => [login.toLowerCase(), 'member'])),
      createdAt: this.#world.clock(),
    }
    organization.teams.set(slug, team)
    for (const { login } of members)
      organization.members.set(login.toLowerCase(), organization.members.get(login.toLowerCase()) ?? 'member')
    teamHappened(this.#world, team, { action: 'created', sender: organization })
    return team
  }

  deleteTeam(team: Team, sender: Account): void {
    team.organization.teams.delete(team.slug)
    for (const repository of this.#world.state.repositories.values()) repository.teams.delete(team.id)
    teamHappened(this.#world, team, { action: 'deleted', sender })
  }

  addToTeam(team: Team, member: Account, sender: Account): void {
    team.members.set(member.login.toLowerCase(), 'member')
    membershipHappened(this.#world, team, { action: 'added', member, sender })
  }

  removeFromTeam(team: Team, member: Account, sender: Account): void {
    team.members.delete(member.login.toLowerCase())
    membershipHappened(this.#world, team, { action: 'removed', member, sender })
  }
}
