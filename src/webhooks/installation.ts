import type { InstallationDelivery, KeyedJob } from '../ports/delivery.ts'
import type { InstallationReference } from '../ports/queue.ts'
import { repository } from './repository.ts'

/** What GitHub calls it -> what it means. Accepted permissions are like a new installation: all is read again. */
const changes: ReadonlyMap<string, InstallationReference['change']> = new Map([
  ['created', 'installed'],
  ['new_permissions_accepted', 'installed'],
  ['deleted', 'removed'],
  ['suspend', 'suspended'],
  ['unsuspend', 'unsuspended'],
])

/** The App was installed, removed, suspended or got other permissions. An action that GitHub adds is looked into. */
export function installation(delivery: InstallationDelivery): KeyedJob[] {
  return updateInstallation(delivery, changes.get(delivery.action) ?? 'repositories-changed')
}

/** Tells of the change, then has each repository that came inspected. */
export function updateInstallation(
  delivery: InstallationDelivery,
  change: InstallationReference['change'],
): KeyedJob[] {
  const { installation: id, added, removed } = delivery
  const data = { installation: id, change, removed }
  const update: KeyedJob = { job: { name: 'update-installation', data }, key: `${id} ${change}` }
  return [update, ...added.flatMap((name) => repository({ installation: id, repository: name }))]
}
