import { openGitHubWithToken } from './github/open-with-token.ts'
import type { GitHub } from './ports/github.ts'
import { Redacted } from './std/redacted.ts'
import { UserError } from './std/user-error.ts'

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => quiet }

/** GitHub as the owner of `GITHUB_TOKEN`; `GHE_HOST` names a server of one's own. Throws `UserError` without a token. */
export function openGitHub(env: Readonly<Record<string, string | undefined>>): GitHub {
  const { GITHUB_TOKEN: token, GHE_HOST: host, GHE_PROTOCOL: protocol } = env
  if (token === undefined || token === '')
    throw new UserError({
      code: 'environment-invalid',
      message: 'GITHUB_TOKEN is not set.',
      remediation: 'Set it to a token that may read the repository and its organisation.',
    })
  return openGitHubWithToken({
    token: new Redacted(token),
    host: host ?? null,
    protocol: protocol === 'http' ? 'http' : 'https',
    now: Date.now,
    log: quiet,
  })
}
