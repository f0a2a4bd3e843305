import type { Database } from './database/database.ts'
import type { GitHubApp } from './github/open-app.ts'
import type { ReadinessCheck } from './webhooks/readiness.ts'

/** What `GET /readyz` says: whether the App can do its work now. */
export function readiness(parts: {
  readonly database: Database
  readonly github: GitHubApp
}): ReadinessCheck {
  const { database, github } = parts
  return async () => [await isMigrated(database), await isAccepted(github)]
}

async function isMigrated(database: Database) {
  const isReady = await database.isMigrated()
  const message = isReady
    ? 'The database has every table of this version.'
    : 'The database is older than this version.'
  return { name: 'database', isReady, message }
}

async function isAccepted(github: GitHubApp) {
  const { slug } = await github.app()
  return { name: 'credentials', isReady: true, message: `GitHub knows us as ${slug}.` }
}
