import type { Account, Installation, Repository } from './state.ts'
import { accountView, organizationView } from './views/account.ts'
import { repositoryView } from './views/repository.ts'
import type { World } from './world.ts'
import { nodeId } from './world.ts'

export interface Happening {
  readonly event: string
  readonly action?: string
  /** What happened it to: a repository, or an account as a whole. */
  readonly repository?: Repository
  readonly account?: Account
  readonly sender: Account
  /** The part of the payload that only this event has. */
  readonly payload: object
  /** What this event says of the repository in another way than all others. */
  readonly repositoryDetails?: object
}

/** Delivers a webhook to the App, if it is installed there and wants to know. */
export function emit(world: World, happening: Happening): void {
  const { event, action, repository, sender } = happening
  const account = happening.account ?? repository?.owner
  const installation = [...world.state.installations.values()].find((one) => one.account === account)
  if (account === undefined || installation === undefined || installation.suspendedAt !== null) return
  if (!wants(world, event, action) || !covers(installation, repository)) return
  world.deliveries.emit({
    event,
    action: action ?? null,
    installationId: installation.id,
    repositoryId: repository?.id ?? null,
    payload: {
      ...(action === undefined ? {} : { action }),
      ...happening.payload,
      ...placeOf(world, account, happening),
      sender: accountView(world, sender),
      installation: { id: installation.id, node_id: nodeId('Integration', installation.id) },
    },
  })
}

function placeOf(world: World, account: Account, { repository, repositoryDetails }: Happening): object {
  return {
    ...(repository === undefined
      ? {}
      : { repository: { ...repositoryView(world, repository), ...repositoryDetails } }),
    ...(account.kind === 'Organization' ? { organization: organizationView(world, account) } : {}),
  }
}

/** What every App with `checks: write` is told of its own checks, whether it asked for the event or not. */
const always = ['rerequested', 'requested_action', 'requested']

function wants(world: World, event: string, action: string | undefined): boolean {
  if (world.app.events.includes(event)) return true
  const isOfChecks = event === 'check_run' || event === 'check_suite'
  return isOfChecks && world.app.permissions['checks'] === 'write' && always.includes(action ?? '')
}

function covers({ selected }: Installation, repository: Repository | undefined): boolean {
  return repository === undefined || selected === null || selected.has(repository.id)
}
