import { PermissionMissing } from '../ports/github-errors.ts'
import type { Permission } from './call.ts'
import { permissionText } from './call.ts'
import type { Credentials } from './credentials.ts'
import type { InstallationToken, InstallationTokens } from './installation-tokens.ts'

/** A token keeps the permissions of when it was taken: an older one is taken anew before a lack is believed. */
const believedMs = 5 * 60_000

/** Logs in as an installation of the App. What was not granted is refused here, which saves the call. */
export function installationCredentials(tokens: InstallationTokens, now: () => number): Credentials {
  return {
    async authorization(permission) {
      let taken = await tokens.whole()
      if (!grants(taken, permission) && taken.takenAt + believedMs <= now()) {
        tokens.drop()
        taken = await tokens.whole()
      }
      if (!grants(taken, permission)) throw new PermissionMissing(permissionText(permission))
      return headerOf(taken)
    },
    async renew(refused) {
      // Of calls that ran side by side and were refused together, the first takes the token for all.
      if (headerOf(await tokens.whole()) === refused) tokens.drop()
      await tokens.whole()
      return true
    },
    async confirm() {
      tokens.drop()
      await tokens.whole()
    },
    remedy: '',
  }
}

function headerOf({ token }: InstallationToken): string {
  return `token ${token.expose()}`
}

function grants({ permissions }: InstallationToken, { name, level }: Permission): boolean {
  // GitHub grants it to every App, and does not always list it.
  if (name === 'metadata') return true
  const granted = permissions[name]
  return granted === 'write' || granted === 'admin' || (granted === 'read' && level === 'read')
}
