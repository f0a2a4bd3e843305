import type { Redacted } from '../std/redacted.ts'
import type { Credentials } from './credentials.ts'

/** Logs in as the owner of a token. */
export function tokenCredentials(token: Redacted): Credentials {
  return {
    authorization: async () => `token ${token.expose()}`,
    renew: async () => false,
    confirm: async () => {},
    remedy: 'Check GITHUB_TOKEN.',
  }
}
