import { z } from 'zod'

import { CredentialsRefused, Gone, GitHubUnavailable, PermissionMissing } from '../ports/github-errors.ts'
import type { Answer, Call } from './call.ts'
import { permissionText } from './call.ts'

/** GitHub calls the request itself wrong: a bug of ours, or an object that vanished between two calls. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

/** Where GitHub says what was wrong. Its `message` is left out: it may quote what we sent. */
const Refusal = z.object({
  documentation_url: z.string().catch(''),
  errors: z.array(z.object({ field: z.string().catch('?'), code: z.string().catch('?') })).catch([]),
})

/**
 * How long GitHub asks for silence, milliseconds since 1970; null where it does not ask.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately
 */
export function pauseOf(answer: Answer, now: number): number | null {
  const { status, headers } = answer
  if (status !== 403 && status !== 429) return null
  const seconds = Number.parseInt(headers['retry-after'] ?? '', 10)
  if (!Number.isNaN(seconds)) return now + seconds * 1000
  const reset = Number.parseInt(headers['x-ratelimit-reset'] ?? '', 10)
  if (headers['x-ratelimit-remaining'] === '0' && !Number.isNaN(reset)) return reset * 1000
  // A secondary limit without a header is told from a missing permission by the page that GitHub points to: there is
  // no code for it. For such a limit GitHub asks for a minute at least.
  if (status === 429 || /rate-limit/.test(refusalOf(answer).documentation_url)) return now + 60_000
  return null
}

/** The error for an answer that is no success and no limit. */
export function errorOf(call: Call, answer: Answer, now: number): Error {
  const what = `GitHub answered ${answer.status} to ${call.method} ${call.path}`
  switch (answer.status) {
    case 401:
      return new CredentialsRefused(`${what}.`)
    case 403:
      // https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api: single sign-on of an organisation
      return 'x-github-sso' in answer.headers
        ? new CredentialsRefused(
            `${what}: the token is not authorised for the single sign-on of its organisation.`,
          )
        : new PermissionMissing(permissionText(call.permission))
    case 404:
    case 410:
    case 451:
      return new Gone(`${what}: it does not exist, or not for us.`)
    default:
      return answer.status >= 500 ? unavailable(what, answer, now) : refused(what, answer)
  }
}

function unavailable(what: string, { headers }: Answer, now: number): GitHubUnavailable {
  const seconds = Number.parseInt(headers['retry-after'] ?? '', 10)
  return new GitHubUnavailable(`${what}.`, new Date(now + (Number.isNaN(seconds) ? 30 : seconds) * 1000))
}

function refused(what: string, answer: Answer): RequestRefused {
  const fields = refusalOf(answer).errors.map(({ field, code }) => `${field} ${code}`)
  const details = fields.length === 0 ? '' : `: ${fields.join(', ')}`
  return new RequestRefused(`${what}${details}.`, answer.status)
}

function refusalOf({ data }: Answer): z.infer<typeof Refusal> {
  return Refusal.catch({ documentation_url: '', errors: [] }).parse(data)
}
