import { z } from 'zod'

import { type Delivery, type DeliveryReader, UnreadableDelivery } from '../ports/webhook.ts'
import { readCheckRunDelivery } from './check-run-delivery.ts'
import { readCheckSuiteDelivery } from './check-suite-delivery.ts'
import { Action, Installation, Repository } from './delivery-fields.ts'
import { readInstallationDelivery, readInstallationRepositoriesDelivery } from './installation-delivery.ts'
import { readIssueCommentDelivery } from './issue-comment-delivery.ts'
import { readPullRequestDelivery } from './pull-request-delivery.ts'
import { readPullRequestReviewDelivery } from './pull-request-review-delivery.ts'
import { readPushDelivery } from './push-delivery.ts'
import { readRepositoryDelivery } from './repository-delivery.ts'

type Reader = (payload: unknown, app: number) => Delivery

/** Every event that names a job, and who reads it. Any other is stored, and nothing follows from it. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['pull_request', (payload) => ({ kind: 'pull-request', ...readPullRequestDelivery(payload) })],
  [
    'pull_request_review',
    (payload) => ({ kind: 'pull-request-review', ...readPullRequestReviewDelivery(payload) }),
  ],
  ['push', (payload) => ({ kind: 'push', ...readPushDelivery(payload) })],
  ['check_run', (payload, app) => ({ kind: 'check-run', ...readCheckRunDelivery(payload, app) })],
  ['check_suite', (payload, app) => ({ kind: 'check-suite', ...readCheckSuiteDelivery(payload, app) })],
  ['issue_comment', (payload) => ({ kind: 'issue-comment', ...readIssueCommentDelivery(payload) })],
  ['installation', (payload) => ({ kind: 'installation', ...readInstallationDelivery(payload) })],
  [
    'installation_repositories',
    (payload) => ({ kind: 'installation-repositories', ...readInstallationRepositoriesDelivery(payload) }),
  ],
  ['repository', aboutRepository],
  ['repository_ruleset', aboutRepository],
  ['branch_protection_rule', aboutRepository],
  ['branch_protection_configuration', aboutRepository],
  ['member', aboutRepository],
  ['team', aboutRepository],
  ['team_add', aboutRepository],
  ['membership', aboutRepository],
  ['organization', aboutRepository],
])

/** Those that the App asks for but that name no job yet: they are on record when a job begins to need them. */
const recorded = ['merge_group']

/** Events that app.yml subscribes to. GitHub sends `installation` and `installation_repositories` without being asked. */
export const subscribedEvents: readonly string[] = [...readers.keys(), ...recorded].filter(
  (event) => !event.startsWith('installation'),
)

const Envelope = z.object({
  action: Action.nullish(),
  installation: Installation.nullish(),
  repository: Repository.nullish(),
})

/** Of an event that we do not take, whatever can be read is kept. */
const Unknown = z
  .object({
    action: Action.nullish().catch(null),
    installation: Installation.nullish().catch(null),
    repository: Repository.nullish().catch(null),
  })
  .catch({})

/** The reader for one App: `app` is its id, by which it knows its own checks. */
export function deliveryReader(app: number): DeliveryReader {
  return (event, payload) => {
    const reader = readers.get(event)
    const envelope =
      reader === undefined ? Unknown.parse(payload) : parsed(event, () => Envelope.parse(payload))
    const read = {
      action: envelope.action ?? null,
      installation: envelope.installation?.id ?? null,
      repository: envelope.repository?.full_name ?? null,
    }
    if (reader === undefined || read.installation === null) return { ...read, delivery: null }
    return { ...read, delivery: parsed(event, () => reader(payload, app)) }
  }
}

/** Of a repository, or of the whole organisation where the payload names none. */
function aboutRepository(payload: unknown): Delivery {
  const delivery = readRepositoryDelivery(payload)
  return 'repository' in delivery
    ? { kind: 'repository', ...delivery }
    : { kind: 'organization', ...delivery }
}

function parsed<T>(event: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const fields = error.issues.map(({ path }) => path.join('.') || 'the payload')
    throw new UnreadableDelivery(event, [...new Set(fields)], { cause: error })
  }
}
