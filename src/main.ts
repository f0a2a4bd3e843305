import { join } from 'node:path'

import { pino } from 'pino'

import { parseCommand } from './comments/parse-command.ts'
import { openDatabase } from './database/database.ts'
import type { Database, DatabasePlace } from './database/database.ts'
import type { AppEnv } from './env.ts'
import { readEnv } from './env.ts'
import { gates } from './gates/index.ts'
import { Git } from './git/git.ts'
import { DiskMirrors } from './git/mirrors.ts'
import { openGitHubApp } from './github/open-app.ts'
import type { GitHubApp } from './github/open-app.ts'
import { deliveryReader } from './github/read-delivery.ts'
import { webhookVerifier } from './github/webhook-signature.ts'
import type { App } from './jobs/app.ts'
import { dispatcher } from './jobs/dispatch-deliveries.ts'
import { handlers } from './jobs/handlers.ts'
import type { Log } from './ports/log.ts'
import { readiness } from './readiness.ts'
import { UserError } from './std/user-error.ts'
import { version } from './std/version.ts'
import { frontDoor } from './webhooks/front-door.ts'
import { openServer } from './webhooks/open-server.ts'

/** Something that runs until it is closed. */
interface Running {
  close(): Promise<void>
}

/** Starts the App, or without credentials the page that sets it up, and runs until it is told to end. */
export async function start(): Promise<void> {
  const env = readEnv(process.env)
  const log: Log = pino({ level: env.logLevel, redact: ['*.authorization', '*.token'] })
  const running = await startApp(env, log)
  await ended()
  log.info({}, 'ending')
  await running.close()
}

/** Everything is opened in the order in which it is needed, and closed in the other. */
async function startApp(env: AppEnv, log: Log): Promise<Running> {
  const database = await openDatabase(placeOf(env), { log, concurrency: env.workers })
  const git = new Git({ path: env.path, network: env.network })
  const mirrors = new DiskMirrors({
    folder: join(env.dataDir, 'mirrors'),
    git,
    maxBytes: env.mirrorBytes,
    log,
  })
  const github = openGitHubApp({ ...env.github, etags: database.stores.etags, now: Date.now, log })
  const app: App = {
    version,
    appId: env.github.appId,
    gates,
    github: (installation) => github.forInstallation(installation),
    mirrors,
    stores: database.stores,
    queue: database.queue,
    log,
    now: () => new Date(),
    clock: () => performance.now(),
  }
  await database.worker.start(handlers(app))
  const dispatch = dispatcher(database.deliveries, database.queue, log)
  dispatch.wake()
  const wake = () => dispatch.wake()
  const server = await openServer(doorOf(env, { database, github, log, wake }), env)
  log.info({ port: server.port, version }, 'listening')
  return {
    async close() {
      await server.close()
      await dispatch.ended()
      await database.worker.stop()
      await mirrors.close()
      git.close()
      await database.close()
    },
  }
}

function placeOf({ databaseUrl, dataDir }: AppEnv): DatabasePlace {
  return databaseUrl === null ? { dataDir } : { url: databaseUrl }
}

function doorOf(
  env: AppEnv,
  parts: { database: Database; github: GitHubApp; log: Log; wake: () => void },
): ReturnType<typeof frontDoor> {
  const { database, github, log, wake } = parts
  return frontDoor({
    path: env.webhookPath,
    verifier: webhookVerifier(env.webhookSecrets),
    read: deliveryReader(env.github.appId),
    parseCommand,
    deliveries: database.deliveries,
    ready: readiness({ database, github }),
    now: () => performance.now(),
    wake,
    log,
  })
}

/** Resolves when an orchestrator or a person asks the process to end. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve())
  })
}

if (import.meta.main) {
  try {
    await start()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    process.stderr.write(`portcullis: ${error.message}\n`)
    process.exitCode = 2
  }
}
