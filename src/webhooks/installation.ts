import type { InstallationDelivery, KeyedJob } from '../ports/delivery.ts'
import type { InstallationReference } from '../ports/queue.ts'
import { digest } from '../std/digest.ts'
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
  { installation, action, added, removed }: InstallationDelivery,
  change: InstallationReference['change'],
): KeyedJob[] {
  // What left stands only in the delivery, so two deliveries that name different repositories must not become one job.
  const key = `${installation} ${change} ${digest(...removed)}`
  const update: KeyedJob = {
    job: { name: 'update-installation', data: { installation, change, removed } },
    key,
  }
  const inspections = added.flatMap((name) => repository({ installation, repository: name, action }))
  return [update, ...inspections]
}
