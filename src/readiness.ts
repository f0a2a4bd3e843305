import type { Database } from './database/database.ts'
import type { GitHubApp } from './github/open-app.ts'
import type { Manifest } from './pages/read-manifest.ts'
import { CredentialsRefused, GitHubUnavailable } from './ports/github-errors.ts'
import type { Readiness, ReadinessCheck } from './webhooks/readiness.ts'

interface Parts {
  readonly database: Pick<Database, 'isMigrated'>
  readonly github: Pick<GitHubApp, 'app'>
  /** app.yml. */
  readonly wanted: Pick<Manifest, 'permissions'>
}

/** What `GET /readyz` says: whether the App can do its work now, a sentence each. */
export function readiness({ database, github, wanted }: Parts): ReadinessCheck {
  return async () => [await migrated(database), await accepted(github, wanted)]
}

async function migrated(database: Parts['database']): Promise<Readiness> {
  const isReady = await database.isMigrated()
  const message = isReady
    ? 'The database has every table of this version.'
    : 'The database is older than this version: start it once with this version.'
  return { name: 'database', isReady, message }
}

async function accepted(github: Parts['github'], wanted: Parts['wanted']): Promise<Readiness> {
  try {
    const { slug, permissions } = await github.app()
    const missing = wanted.permissions.filter(({ name, access }) => !isGranted(permissions[name], access))
    const isReady = missing.length === 0
    const list = missing.map(({ name, access }) => `${name}: ${access}`).join(', ')
    const message = isReady
      ? `GitHub knows us as ${slug}, with every permission of app.yml.`
      : `GitHub knows us as ${slug}, which lacks ${list}: add it in the settings of the App.`
    return { name: 'github', isReady, message }
  } catch (error) {
    if (!(error instanceof CredentialsRefused) && !(error instanceof GitHubUnavailable)) throw error
    return { name: 'github', isReady: false, message: error.message }
  }
}

/** A stronger right contains the weaker. */
function isGranted(granted: string | undefined, wanted: string): boolean {
  return granted === wanted || granted === 'write' || granted === 'admin'
}
