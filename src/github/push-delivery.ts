import { z } from 'zod'

import type { PushDelivery } from '../ports/delivery.ts'
import { installation, oid, repository } from './delivery-fields.ts'

const Payload = z.object({
  ref: z.string().startsWith('refs/'),
  before: oid,
  after: oid,
  installation,
  repository,
})

/**
 * Reads the payload of a `push` event. The commits that it lists are not read: GitHub stops at 2,048 of them, so git
 * is asked. Throws zod's error if GitHub changed it.
 */
export function readPushDelivery(payload: unknown): PushDelivery {
  const { ref, before, after, installation, repository } = Payload.parse(payload)
  return { installation: installation.id, repository: repository.full_name, ref, before, after }
}
