import { z } from 'zod'

import type { RepositoryDelivery } from '../ports/delivery.ts'
import { Action, Installation, Repository } from './delivery-fields.ts'

// `team_add` has no action.
const Payload = z.object({ action: Action.nullish(), installation: Installation, repository: Repository })

/** Reads an event about a repository as a whole. Throws zod's error if GitHub changed it. */
export function readRepositoryDelivery(payload: unknown): RepositoryDelivery {
  const { action, installation, repository } = Payload.parse(payload)
  return { installation: installation.id, repository: repository.full_name, action: action ?? '' }
}
