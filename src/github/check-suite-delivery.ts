import { z } from 'zod'

import type { CheckSuiteDelivery } from '../ports/delivery.ts'
import { Action, Installation, Oid, Repository } from './delivery-fields.ts'

const Payload = z.object({
  action: Action,
  check_suite: z.object({ head_sha: Oid, app: z.object({ id: z.int() }).nullish() }),
  installation: Installation,
  repository: Repository,
})

/** Reads the payload of a `check_suite` event. `app` is our own App's id. Throws zod's error if GitHub changed it. */
export function readCheckSuiteDelivery(payload: unknown, app: number): CheckSuiteDelivery {
  const { action, check_suite, installation, repository } = Payload.parse(payload)
  return {
    installation: installation.id,
    repository: repository.full_name,
    action,
    head: check_suite.head_sha,
    isOurs: check_suite.app?.id === app,
  }
}
