import type { KeyedJob } from '../ports/delivery.ts'
import type { Delivery } from '../ports/webhook.ts'
import { checkRun } from './check-run.ts'
import { checkSuite } from './check-suite.ts'
import { installationRepositories } from './installation-repositories.ts'
import { installation } from './installation.ts'
import { type CommandParser, issueComment } from './issue-comment.ts'
import { organization } from './organization.ts'
import { pullRequestReview } from './pull-request-review.ts'
import { pullRequest } from './pull-request.ts'
import { push } from './push.ts'
import { repository } from './repository.ts'

/** Every event, and the file that says which jobs it names. */
export function nameJobs(delivery: Delivery, parseCommand: CommandParser): KeyedJob[] {
  switch (delivery.kind) {
    case 'pull-request':
      return pullRequest(delivery)
    case 'pull-request-review':
      return pullRequestReview(delivery)
    case 'push':
      return push(delivery)
    case 'check-run':
      return checkRun(delivery)
    case 'check-suite':
      return checkSuite(delivery)
    case 'issue-comment':
      return issueComment(delivery, parseCommand)
    case 'installation':
      return installation(delivery)
    case 'installation-repositories':
      return installationRepositories(delivery)
    case 'repository':
      return repository(delivery)
    case 'organization':
      return organization(delivery)
  }
}
