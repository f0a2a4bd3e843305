import { z } from 'zod'

import type { InstallationDelivery } from '../ports/delivery.ts'
import { Action, Installation, Repository } from './delivery-fields.ts'

const Installed = z.object({
  action: Action,
  installation: Installation,
  repositories: z.array(Repository).nullish(),
})

const Repositories = z.object({
  action: Action,
  installation: Installation,
  repositories_added: z.array(Repository),
  repositories_removed: z.array(Repository),
})

/**
 * Reads the payload of an `installation` event: its repositories come with a new installation, and leave with one that
 * was deleted. Throws zod's error if GitHub changed it.
 */
export function readInstallationDelivery(payload: unknown): InstallationDelivery {
  const { action, installation, repositories } = Installed.parse(payload)
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
