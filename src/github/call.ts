/** One request to GitHub's REST API, and what is needed to send it well. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** Made by {@link path}. It appears in messages, so nothing secret is part of it. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: object
  /** What the installation must have been granted. */
  readonly permission: Permission
  readonly priority: Priority
}

export interface Permission {
  /** As in app.yml: `pull_requests`. */
  readonly name: string
  readonly level: 'read' | 'write'
}

/** Who goes first when calls wait: what a person waits for, what a verdict is made of, the rest. */
export type Priority = 'result' | 'facts' | 'background'

/** What came back, whatever its status. Header names are in lower case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Parsed JSON; a string for anything else. */
  readonly data: unknown
}

/** Sends one request. Throws {@link NotAnswered} or `AnswerTooLarge`, never because of a status. */
export type Wire = (call: Call, headers: Readonly<Record<string, string>>) => Promise<Answer>

/** No answer came: the network, a name, a time-out, a connection that broke in the middle. */
export class NotAnswered extends Error {
  override readonly name = 'NotAnswered'
}

/** A path with its values encoded, so that a branch `release/1` or a name with `?` stays one segment. */
export function path(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return parts.map((part, at) => part + encodeURIComponent(values[at] ?? '')).join('')
}

/** Path and query: what an answer is kept under. */
export function urlOf({ path: pathOfCall, query = {} }: Call): string {
  const text = Object.entries(query)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&')
  return text === '' ? pathOfCall : `${pathOfCall}?${text}`
}

/** `checks: write`, as a person reads it in app.yml. */
export function permissionText({ name, level }: Permission): string {
  return `${name}: ${level}`
}
