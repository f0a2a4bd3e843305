import { z } from 'zod'

import type { CheckRunDelivery } from '../ports/delivery.ts'
import { Action, Installation, Oid, Repository } from './delivery-fields.ts'

const Payload = z.object({
  action: Action,
  check_run: z.object({ head_sha: Oid, app: z.object({ id: z.int() }).nullish() }),
  requested_action: z.object({ identifier: z.string() }).nullish(),
  installation: Installation,
  repository: Repository,
})

/** Reads the payload of a `check_run` event. `app` is our own App's id. Throws zod's error if GitHub changed it. */
export function readCheckRunDelivery(payload: unknown, app: number): CheckRunDelivery {
  const { action, check_run, requested_action, installation, repository } = Payload.parse(payload)
  return {
    installation: installation.id,
    repository: repository.full_name,
    action,
    head: check_run.head_sha,
    isOurs: check_run.app?.id === app,
    button: requested_action?.identifier ?? null,
  }
}
