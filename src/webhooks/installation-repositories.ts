import type { InstallationDelivery, KeyedJob } from '../ports/delivery.ts'
import { updateInstallation } from './installation.ts'

/** The App was given repositories, or they were taken from it. */
export function installationRepositories(delivery: InstallationDelivery): KeyedJob[] {
  return updateInstallation(delivery, 'repositories-changed')
}
