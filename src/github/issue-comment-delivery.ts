import { z } from 'zod'

import type { IssueCommentDelivery } from '../ports/delivery.ts'
import { Action, Installation, Repository } from './delivery-fields.ts'

const Payload = z.object({
  action: Action,
  issue: z.object({ number: z.int().positive(), pull_request: z.object({}).nullish() }),
  comment: z.object({ id: z.int().positive(), body: z.string().nullish() }),
  sender: z.object({ login: z.string().min(1), type: z.string() }),
  installation: Installation,
  repository: Repository,
})

/** Reads the payload of an `issue_comment` event. Throws zod's error if GitHub changed it. */
export function readIssueCommentDelivery(payload: unknown): IssueCommentDelivery {
  const { action, issue, comment, sender, installation, repository } = Payload.parse(payload)
  return {
    installation: installation.id,
    repository: repository.full_name,
    action,
    number: issue.number,
    isPullRequest: issue.pull_request !== undefined && issue.pull_request !== null,
    comment: comment.id,
    body: comment.body ?? '',
    // Whatever kind of account GitHub may add, only a person gives commands.
    sender: { login: sender.login, isBot: sender.type !== 'User' },
  }
}
