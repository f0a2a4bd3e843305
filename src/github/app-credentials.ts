import { ProbotOctokit } from 'probot'

import type { Redacted } from '../std/redacted.ts'
import { appJwt } from './app-jwt.ts'
import type { Wire } from './call.ts'
import type { GitHubClock } from './clock.ts'
import type { Credentials } from './credentials.ts'
import { octokitWire, silent } from './octokit-wire.ts'

export interface AppIdentity {
  readonly appId: number
  readonly privateKey: Redacted
  readonly baseUrl: string
}

/**
 * Logs in as the App itself. Probot's Octokit puts a JWT on the App's own routes. It is handed a signer instead of the
 * key: its options would show the key to whoever prints them, and it knows no clock but the machine's. Its retries and
 * its throttle are off, because they wait for minutes without a word and know nothing of the other calls.
 */
export function appLogin(
  { appId, privateKey, baseUrl }: AppIdentity,
  clock: GitHubClock,
): { readonly wire: Wire; readonly credentials: Credentials } {
  let signedAheadSeconds = 0
  const octokit = new ProbotOctokit({
    auth: {
      appId,
      async createJwt() {
        signedAheadSeconds = clock.skewSeconds()
        const now = clock.now()
        return { jwt: appJwt(appId, privateKey, now), expiresAt: new Date(now).toISOString() }
      },
    },
    baseUrl,
    throttle: { enabled: false },
    retry: { enabled: false },
    log: silent,
  })
  return {
    wire: octokitWire(octokit, clock),
    credentials: {
      authorization: async () => null,
      // The refusal itself told us what time it is at GitHub.
      renew: async () => clock.skewSeconds() !== signedAheadSeconds,
      confirm: async () => {},
      remedy: 'Check APP_ID and the private key.',
    },
  }
}
