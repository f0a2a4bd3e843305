import { emit } from '../emit.ts'
import type { Account, Repository, Team } from '../state.ts'
import { accountView, teamView } from '../views/account.ts'
import { permissionsView } from '../views/repository.ts'
import type { World } from '../world.ts'

/** `member`: someone is, is no longer, or is differently a collaborator of a repository. */
export function memberHappened(
  world: World,
  repository: Repository,
  about: { action: 'added' | 'removed' | 'edited'; member: Account; changes?: object; sender: Account },
): void {
  const { action, member, changes, sender } = about
  const payload = { member: accountView(world, member), ...(changes === undefined ? {} : { changes }) }
  emit(world, { event: 'member', action, repository, sender, payload })
}

/** `membership`: of a team. */
export function membershipHappened(
  world: World,
  team: Team,
  about: { action: 'added' | 'removed'; member: Account; sender: Account },
): void {
  emit(world, {
    event: 'membership',
    action: about.action,
    account: team.organization,
    sender: about.sender,
    payload: { scope: 'team', member: accountView(world, about.member), team: teamView(world, team) },
  })
}

/** `team`; with a repository where its right there has changed. */
export function teamHappened(
  world: World,
  team: Team,
  about: {
    action: 'created' | 'deleted' | 'edited' | 'added_to_repository' | 'removed_from_repository'
    repository?: Repository
    sender: Account
  },
): void {
  const { action, repository, sender } = about
  emit(world, {
    event: 'team',
    action,
    account: team.organization,
    ...(repository === undefined ? {} : { repository, repositoryDetails: rightsOf(repository, team) }),
    sender,
    payload: { team: teamView(world, team), ...(action === 'edited' ? { changes: {} } : {}) },
  })
}

/** Inside an event of a team, a repository says what the team may do there. */
function rightsOf(repository: Repository, team: Team): object {
  const role = repository.teams.get(team.id) ?? null
  return { permissions: permissionsView(role), role_name: role ?? 'none' }
}
