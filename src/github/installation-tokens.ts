import { z } from 'zod'

import { Gone, PermissionMissing } from '../ports/github-errors.ts'
import type { RepositoryName } from '../ports/github.ts'
import { Redacted } from '../std/redacted.ts'
import { path } from './call.ts'
import type { Caller } from './caller.ts'
import { RequestRefused } from './refusal.ts'

/** A token of an installation, and what it may be used for. Times are milliseconds since 1970, by GitHub's clock. */
export interface InstallationToken {
  readonly token: Redacted
  readonly takenAt: number
  readonly expiresAt: number
  readonly permissions: Readonly<Record<string, string>>
}

/** Tokens are kept in memory only, until five minutes before they expire: a call may take its time. */
export interface InstallationTokens {
  /** Of all that the installation has. Throws {@link Gone} where it was suspended or removed. */
  whole(): Promise<InstallationToken>
  /** For `git fetch` of one repository. */
  forClone(name: RepositoryName): Promise<InstallationToken>
  /** Takes new ones the next time, for clones too: what revokes one token revokes all. */
  drop(): void
}

const marginMs = 5 * 60_000

const Token = z.object({
  token: z.string().min(1),
  expires_at: z.string().transform((text, context) => {
    const at = Date.parse(text)
    if (Number.isNaN(at)) context.addIssue('not a date')
    return at
  }),
  permissions: z.record(z.string(), z.string()).default({}),
})

/** `app` is the caller that is logged in as the App. https://docs.github.com/en/rest/apps/apps */
export function openInstallationTokens(
  installation: number,
  app: Caller,
  now: () => number,
): InstallationTokens {
  // Promises, so that calls side by side ask once.
  const held = new Map<string, Promise<InstallationToken>>()

  async function hold(key: string, body: object): Promise<InstallationToken> {
    const known = held.get(key)
    if (known !== undefined && (await known).expiresAt - marginMs > now()) return known
    if (held.get(key) !== known) return hold(key, body)
    const taken = takeToken(installation, app, body, now)
    held.set(key, taken)
    taken.catch(() => held.delete(key))
    dropExpired(held, now)
    return taken
  }

  return {
    whole: () => hold('', {}),
    forClone: ({ owner, name }) =>
      hold(`${owner}/${name}`, { repositories: [name], permissions: { contents: 'read' } }),
    drop: () => held.clear(),
  }
}

async function takeToken(
  installation: number,
  app: Caller,
  body: object,
  now: () => number,
): Promise<InstallationToken> {
  const takenAt = now()
  try {
    const { status, data } = await app.send({
      method: 'POST',
      path: path`/app/installations/${installation}/access_tokens`,
      body,
      permission: { name: 'metadata', level: 'read' },
      priority: 'result',
    })
    if (status === 404) throw new Gone(`The installation ${installation} was removed.`)
    const { token, expires_at, permissions } = Token.parse(data)
    return { token: new Redacted(token), takenAt, expiresAt: expires_at, permissions }
  } catch (error) {
    // As the App there is no permission to miss: GitHub gives no tokens of a suspended installation.
    if (error instanceof PermissionMissing) throw new Gone(`The installation ${installation} is suspended.`)
    if (error instanceof RequestRefused && error.status === 422)
      throw new Gone(`The installation ${installation} has no access to the repository.`)
    throw error
  }
}

/** One entry stays for each repository that is in use, and none for those that are not. */
function dropExpired(held: Map<string, Promise<InstallationToken>>, now: () => number): void {
  for (const [key, token] of held) {
    void token.then(
      ({ expiresAt }) => (expiresAt <= now() && held.get(key) === token ? held.delete(key) : false),
      () => false,
    )
  }
}
