import { z } from 'zod'

import type { PullRequestReviewDelivery } from '../ports/delivery.ts'
import { Action, Installation, Repository } from './delivery-fields.ts'

const Payload = z.object({
  action: Action,
  pull_request: z.object({ number: z.int().positive() }),
  installation: Installation,
  repository: Repository,
})

/** Reads the payload of a `pull_request_review` event. Throws zod's error if GitHub changed it. */
export function readPullRequestReviewDelivery(payload: unknown): PullRequestReviewDelivery {
  const { action, pull_request, installation, repository } = Payload.parse(payload)
  return {
    installation: installation.id,
    repository: repository.full_name,
    action,
    number: pull_request.number,
  }
}
