import type { Account, Installation, Repository } from '../state.ts'
import { accountView } from '../views/account.ts'
import { installationView } from '../views/installation.ts'
import { fullName } from '../views/repository.ts'
import type { World } from '../world.ts'
import { nodeId } from '../world.ts'

/** `installation`. Every App gets it, whatever it subscribed to, and also when it is suspended or gone. */
export function installationHappened(
  world: World,
  installation: Installation,
  about: {
    action: 'created' | 'deleted' | 'suspend' | 'unsuspend' | 'new_permissions_accepted'
    sender: Account
  },
): void {
  send(world, installation, {
    ...about,
    event: 'installation',
    payload: { repositories: reached(world, installation).map(briefView), requester: null },
  })
}

/** `installation_repositories`: which repositories the App reaches has changed. */
export function reachChanged(
  world: World,
  installation: Installation,
  about: { action: 'added' | 'removed'; repositories: readonly Repository[]; sender: Account },
): void {
  const { action, repositories, sender } = about
  send(world, installation, {
    event: 'installation_repositories',
    action,
    sender,
    payload: {
      repository_selection: installation.selected === null ? 'all' : 'selected',
      repositories_added: action === 'added' ? repositories.map(briefView) : [],
      repositories_removed: action === 'removed' ? repositories.map(briefView) : [],
      requester: null,
    },
  })
}

/** What an installation sees now. */
export function reached(world: World, { account, selected }: Installation): Repository[] {
  return [...world.state.repositories.values()].filter(
    (one) => !one.isDeleted && one.owner === account && (selected === null || selected.has(one.id)),
  )
}

function send(
  world: World,
  installation: Installation,
  about: { event: string; action: string; sender: Account; payload: object },
): void {
  const { event, action, sender, payload } = about
  world.deliveries.emit({
    event,
    action,
    installationId: installation.id,
    repositoryId: null,
    payload: {
      action,
      installation: installationView(world, installation),
      ...payload,
      sender: accountView(world, sender),
    },
  })
}

function briefView(repository: Repository) {
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
  }
}
