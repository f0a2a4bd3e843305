import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { parseCommand } from './comments/parse-command.ts'
import { takeDataDirectory } from './database/data-directory.ts'
import { openDatabase } from './database/database.ts'
import type { Database, DatabasePlace } from './database/database.ts'
import { emptyDatabaseFile } from './database/embedded.ts'
import type { AppEnv, SetupEnv } from './env.ts'
import { readEnv } from './env.ts'
import { concealerOf } from './evaluate/conceal.ts'
import { gates } from './gates/index.ts'
import { Git } from './git/git.ts'
import { DiskMirrors } from './git/mirrors.ts'
import { webUrl } from './github/host.ts'
import { openGitHubApp } from './github/open-app.ts'
import type { GitHubApp } from './github/open-app.ts'
import { deliveryReader } from './github/read-delivery.ts'
import { webhookVerifier } from './github/webhook-signature.ts'
import type { App } from './jobs/app.ts'
import { dispatcher } from './jobs/dispatch-deliveries.ts'
import { handlers } from './jobs/handlers.ts'
import { openLog } from './log.ts'
import { readManifest } from './pages/read-manifest.ts'
import { setupPages } from './pages/setup.ts'
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
  const log = openLog(env)
  const running = env.kind === 'setup' ? await startSetup(env, log) : await startApp(env, log)
  await ended()
  log.info({}, 'ending')
  await running.close()
}

/** Without credentials there is nothing to guard yet: the page says how to get them. */
async function startSetup(env: SetupEnv, log: Log): Promise<Running> {
  const pages = await setupPages({ ...env, githubUrl: webUrl(env.github) }, readManifest(manifestText()))
  const server = await openServer(pages, env)
  log.info(
    { port: server.port, version, url: env.publicUrl ?? `http://${env.host}:${server.port}` },
    'listening',
  )
  log.warn({}, 'no credentials are set: open the page to set the App up')
  return server
}

/** In a checkout it lies beside src/, in the package beside dist/. */
function manifestText(): string {
  return readFileSync(new URL('../app.yml', import.meta.url), 'utf8')
}

/** Everything is opened in the order in which it is needed, and closed in the other. */
async function startApp(env: AppEnv, log: Log): Promise<Running> {
  // The mirrors are one process's alone, also where the database is a server; the embedded database takes the lock itself.
  const directory = env.databaseUrl === null ? null : takeDataDirectory(env.dataDir)
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
    conceal: concealerOf(gates, null),
    github: (installation) => github.forInstallation(installation),
    forgetGitHub: (installation) => github.forgetInstallation(installation),
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
      directory?.release()
    },
  }
}

/** `npm run build` writes it to dist/, whether this file runs from there or from src/. Without it the first start is slower. */
const image = fileURLToPath(new URL(`../dist/${emptyDatabaseFile}`, import.meta.url))

function placeOf({ databaseUrl, dataDir }: AppEnv): DatabasePlace {
  return databaseUrl === null ? { dataDir, image } : { url: databaseUrl }
}

function doorOf(
  env: AppEnv,
  parts: { database: Database; github: GitHubApp; log: Log; wake: () => void },
): ReturnType<typeof frontDoor> {
  const { database, github, log, wake } = parts
  const conceal = concealerOf(gates, null)
  return frontDoor({
    path: env.webhookPath,
    verifier: webhookVerifier(env.webhookSecrets),
    read: deliveryReader(env.github.appId),
    parseCommand,
    holdsSecret: (text) => conceal(text) !== text,
    deliveries: database.deliveries,
    ready: readiness({ database, github, wanted: readManifest(manifestText()) }),
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
