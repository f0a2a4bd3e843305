/** What is asked for is not there, or not any more: deleted, uninstalled, transferred away, or no access. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

/** The installation lacks a permission. `permission` as in app.yml: `checks: write`. */
export class PermissionMissing extends Error {
  override readonly name = 'PermissionMissing'
  readonly permission: string

  constructor(permission: string, options?: ErrorOptions) {
    super(`The installation lacks the permission ${permission}.`, options)
    this.permission = permission
  }
}

/** GitHub does not accept who we are: a wrong key, a wrong App id, a clock that is off. */
export class CredentialsRefused extends Error {
  override readonly name = 'CredentialsRefused'
}

/** GitHub did not answer, or asks to wait. */
export class GitHubUnavailable extends Error {
  override readonly name = 'GitHubUnavailable'
  /** When to try again. */
  readonly retryAt: Date

  constructor(message: string, retryAt: Date, options?: ErrorOptions) {
    super(message, options)
    this.retryAt = retryAt
  }
}

/** GitHub has more to say than we are ready to read. A part of it is never taken for the whole. */
export class AnswerTooLarge extends Error {
  override readonly name = 'AnswerTooLarge'
}
