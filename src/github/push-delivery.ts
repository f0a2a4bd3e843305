import { z } from 'zod'

import type { PushDelivery } from '../ports/delivery.ts'
import { Installation, Oid, Repository } from './delivery-fields.ts'

const Payload = z.object({
  ref: z.string().startsWith('refs/'),
  before: Oid,
  after: Oid,
  installation: Installation,
  repository: Repository,
})

/**
 * Reads the payload of a `push` event. The commits that it lists are not read: GitHub stops at 2,048 of them, so git
 * is asked. Throws zod's error if GitHub changed it.
 */
export function readPushDelivery(payload: unknown): PushDelivery {
  const { ref, before, after, installation, repository } = Payload.parse(payload)
  return { installation: installation.id, repository: repository.full_name, ref, before, after }
}
