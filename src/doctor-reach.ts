import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs'

import type { DoctorReach } from './commands/doctor-probes.ts'
import { takeDataDirectory } from './database/data-directory.ts'
import type { AppEnv, SetupEnv } from './env.ts'
import { readEnv } from './env.ts'
import { Git } from './git/git.ts'
import { gitVersion } from './git/version.ts'
import { openGitHubApp } from './github/open-app.ts'
import type { GitHubApp } from './github/open-app.ts'
import { openLog } from './log.ts'
import { readManifest } from './pages/read-manifest.ts'
import { UserError } from './std/user-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What `portcullis doctor` looks at: the same environment, folders and credentials as the App. */
export function doctorReach(environment: Environment): DoctorReach {
  const { env, problem } = tried(environment)
  const dataDir = env?.kind === 'app' ? env.dataDir : './data'
  const manifest = readManifest(readFileSync(new URL('../app.yml', import.meta.url), 'utf8'))
  let github: GitHubApp | null = null
  const app = (): GitHubApp => (github ??= opened(env, problem))
  return {
    environment: () => (problem === null ? [] : [problem.message]),
    gitVersion: () => versionOfGit(environment),
    nodeVersion: process.version,
    dataFolder: {
      path: dataDir,
      isWritable: async () => isWritable(dataDir),
      isLocked: async () => isLocked(dataDir),
    },
    app: () => app().app(),
    skewSeconds: () => app().skewSeconds(),
    webhookUrl: () => app().webhookUrl(),
    wanted: {
      permissions: Object.fromEntries(manifest.permissions.map(({ name, access }) => [name, access])),
      events: manifest.events.map(({ name }) => name),
    },
  }
}

function tried(environment: Environment): { env: AppEnv | SetupEnv | null; problem: UserError | null } {
  try {
    return { env: readEnv(environment), problem: null }
  } catch (error) {
    if (error instanceof UserError) return { env: null, problem: error }
    throw error
  }
}

function opened(env: AppEnv | SetupEnv | null, problem: UserError | null): GitHubApp {
  if (problem !== null) throw problem
  if (env?.kind !== 'app')
    throw new UserError({
      code: 'environment-invalid',
      message: 'No credentials are set.',
      remediation: 'Set APP_ID, PRIVATE_KEY_PATH and WEBHOOK_SECRET.',
    })
  const nothingKept = { get: async () => null, put: async () => undefined }
  const log = openLog({ logLevel: 'silent', logFormat: 'json' })
  return openGitHubApp({ ...env.github, etags: nothingKept, now: Date.now, log })
}

async function versionOfGit(environment: Environment): Promise<string | null> {
  const git = new Git({ path: environment['PATH'] ?? '' })
  try {
    return await gitVersion(git)
  } finally {
    git.close()
  }
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

function isLocked(folder: string): boolean {
  if (!existsSync(folder)) return false
  try {
    takeDataDirectory(folder).release()
    return false
  } catch (error) {
    if (error instanceof UserError) return true
    throw error
  }
}
