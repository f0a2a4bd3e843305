import type {
  CheckRunDelivery,
  CheckSuiteDelivery,
  InstallationDelivery,
  IssueCommentDelivery,
  OrganizationDelivery,
  PullRequestDelivery,
  PullRequestReviewDelivery,
  PushDelivery,
  RepositoryDelivery,
} from './delivery.ts'

/** Proves that a body is from GitHub. One proof a body, fed while the body arrives. */
export interface Verifier {
  begin(): Proof
}

export interface Proof {
  update(bytes: Uint8Array): void
  /** Ends the proof. `signature` is the whole header X-Hub-Signature-256, whatever a stranger put there. */
  holds(signature: string): boolean
}

/** A delivery of which we know what it is about. */
export type Delivery =
  | ({ readonly kind: 'pull-request' } & PullRequestDelivery)
  | ({ readonly kind: 'pull-request-review' } & PullRequestReviewDelivery)
  | ({ readonly kind: 'push' } & PushDelivery)
  | ({ readonly kind: 'check-run' } & CheckRunDelivery)
  | ({ readonly kind: 'check-suite' } & CheckSuiteDelivery)
  | ({ readonly kind: 'issue-comment' } & IssueCommentDelivery)
  | ({ readonly kind: 'installation' } & InstallationDelivery)
  | ({ readonly kind: 'installation-repositories' } & InstallationDelivery)
  | ({ readonly kind: 'repository' } & RepositoryDelivery)
  | ({ readonly kind: 'organization' } & OrganizationDelivery)

/** What was read of a payload. */
export interface ReadDelivery {
  readonly action: string | null
  /** Null where the App is not installed on what the event is about. */
  readonly installation: number | null
  readonly repository: string | null
  /** Null for an event that names no job: one that we do not take, or one without an installation or a repository. */
  readonly delivery: Delivery | null
}

/** Reads a payload whose signature was proved. Throws {@link UnreadableDelivery} for an event that we take. */
export type DeliveryReader = (event: string, payload: unknown) => ReadDelivery

/** GitHub changed what it sends, or somebody else holds the secret. */
export class UnreadableDelivery extends Error {
  override readonly name = 'UnreadableDelivery'
  /** `repository.full_name`: where it differs, never what stands there. */
  readonly fields: readonly string[]

  constructor(event: string, fields: readonly string[], options?: ErrorOptions) {
    super(`A ${event} delivery is not as GitHub describes it: ${fields.join(', ')}.`, options)
    this.fields = fields
  }
}
