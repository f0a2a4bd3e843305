import type { KeyedJob, OrganizationDelivery } from '../ports/delivery.ts'
import { updateInstallation } from './installation.ts'

/** Members of a team or rules of the organisation may have changed: facts of every pull request that is open there. */
export function organization({ installation }: OrganizationDelivery): KeyedJob[] {
  return updateInstallation({ installation, action: '', added: [], removed: [] }, 'repositories-changed')
}
