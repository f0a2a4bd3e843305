import { z } from 'zod'

import type { InstallationDelivery } from '../ports/delivery.ts'
import { action, installation, repository } from './delivery-fields.ts'

const Installation = z.object({ action, installation, repositories: z.array(repository).nullish() })

const Repositories = z.object({
  action,
  installation,
  repositories_added: z.array(repository),
  repositories_removed: z.array(repository),
})

/**
 * Reads the payload of an `installation` event: its repositories come with a new installation, and leave with one that
 * was deleted. Throws zod's error if GitHub changed it.
 */
export function readInstallationDelivery(payload: unknown): InstallationDelivery {
  const { action, installation, repositories } = Installation.parse(payload)
  const names = (repositories ?? []).map(({ full_name }) => full_name)
  return {
    installation: installation.id,
    action,
    added: action === 'created' ? names : [],
    removed: action === 'deleted' ? names : [],
  }
}

/** Reads the payload of an `installation_repositories` event. Throws zod's error if GitHub changed it. */
export function readInstallationRepositoriesDelivery(payload: unknown): InstallationDelivery {
  const { action, installation, repositories_added, repositories_removed } = Repositories.parse(payload)
  return {
    installation: installation.id,
    action,
    added: repositories_added.map(({ full_name }) => full_name),
    removed: repositories_removed.map(({ full_name }) => full_name),
  }
}
