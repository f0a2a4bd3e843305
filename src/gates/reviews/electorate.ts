import type { Actor, Facts } from '../../model/facts.ts'
import type { Approver, Role } from '../../model/policy.ts'
import { accountsOf } from './accounts.ts'

/** Somebody whom a requirement asks for. */
export interface Elector {
  /** Null for a login that stands in the policy and that no fact mentions. */
  readonly id: number | null
  readonly login: string
  readonly kind: Actor['kind']
}

/** Whom a requirement asks for. */
export interface Electorate {
  /** By {@link electorKey}. */
  readonly people: ReadonlyMap<string, Elector>
  /** Why there may be more people than `people`, a sentence each. */
  readonly unknown: readonly string[]
  /** Teams that do not exist, or that the App cannot see. */
  readonly missingTeams: readonly string[]
}

const roles = ['read', 'triage', 'write', 'maintain', 'admin'] as const satisfies readonly Role[]

/** Whom the entries of `by` stand for, as far as the facts tell. Roles mean at least that role. */
export function electorateOf(by: readonly Approver[], facts: Facts): Electorate {
  const people = new Map<string, Elector>()
  const unknown: string[] = []
  const missingTeams: string[] = []
  const add = (elector: Elector) => people.set(electorKey(elector), elector)
  const accounts = accountsOf(facts)
  for (const entry of by) {
    const role = roles.find((name) => name === entry)
    if (entry === 'codeowners') unknown.push('code owners are not read yet')
    else if (role !== undefined) addRole(role, facts, { add, unknown })
    else if (entry.startsWith('@')) addTeam(entry, facts, { add, unknown, missingTeams })
    else add(accounts.get(entry.toLowerCase()) ?? { id: null, login: entry, kind: 'human' })
  }
  return { people, unknown, missingTeams }
}

/** The numeric id, because a login can be renamed and taken over by somebody else. */
export function electorKey({ id, login }: Pick<Elector, 'id' | 'login'>): string {
  return id === null ? `login ${login.toLowerCase()}` : `id ${id}`
}

/** Whether somebody has at least that role; null where the roles could not be read. */
export function hasRole(actor: Actor, role: Role, facts: Facts): boolean | null {
  if (facts.collaborators === null) return null
  return facts.collaborators.some((one) => one.actor.id === actor.id && isAtLeast(one.role, role))
}

interface Collected {
  readonly add: (elector: Elector) => void
  readonly unknown: string[]
}

function addRole(role: Role, facts: Facts, { add, unknown }: Collected): void {
  if (facts.collaborators === null) unknown.push('the roles of people in the repository could not be read')
  for (const one of facts.collaborators ?? []) if (isAtLeast(one.role, role)) add(one.actor)
}

function addTeam(team: string, facts: Facts, found: Collected & { readonly missingTeams: string[] }): void {
  const members = Object.entries(facts.teams).find(([name]) => name.toLowerCase() === team.toLowerCase())?.[1]
  if (members === undefined) found.unknown.push(`the members of ${team} were not read`)
  else if (members === null) found.missingTeams.push(team)
  for (const member of members ?? []) found.add(member)
}

function isAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}
