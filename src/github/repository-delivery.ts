import { z } from 'zod'

import type { OrganizationDelivery, RepositoryDelivery } from '../ports/delivery.ts'
import { Action, Installation, Repository } from './delivery-fields.ts'

// `team_add` has no action.
const Payload = z.object({
  action: Action.nullish(),
  installation: Installation,
  repository: Repository.nullish(),
})

/** Reads an event about a repository as a whole, or about its organisation. Throws zod's error if GitHub changed it. */
export function readRepositoryDelivery(payload: unknown): RepositoryDelivery | OrganizationDelivery {
  const { action, installation, repository } = Payload.parse(payload)
  const whose = { installation: installation.id }
  return repository ? { ...whose, repository: repository.full_name, action: action ?? '' } : whose
}
