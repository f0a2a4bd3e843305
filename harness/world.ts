import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { appKeyPair } from '../github-simulator/app-key-pair.ts'
import { startSimulator } from '../github-simulator/simulator.ts'
import type { Simulator } from '../github-simulator/simulator.ts'
import { appManifest } from './app-manifest.ts'
import { startApp } from './app-process.ts'
import type { AppProcess, AppSettings } from './app-process.ts'

/** A simulated GitHub and the App beside it, which may be stopped, killed and started again on the same data. */
export interface World {
  readonly simulator: Simulator
  readonly dataDir: string
  readonly app: AppProcess
  /** What every start of the App has in common, its secrets included. */
  readonly settings: Omit<AppSettings, 'environment'>
  /** Starts the App again where it was stopped or killed. */
  restart(environment?: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

/** Of the App, as the simulated GitHub knows it. */
export const appId = 4711

/** Starts both. The simulator knows the App from app.yml and sends it every delivery. */
export async function startWorld(environment: Readonly<Record<string, string>> = {}): Promise<World> {
  const { publicKey, privateKey } = appKeyPair()
  const webhookSecret = randomBytes(32).toString('hex')
  const dataDir = mkdtempSync(join(tmpdir(), 'portcullis-data-'))
  const simulator = await startSimulator({ appId, publicKey, webhookSecret, ...appManifest() })
  const settings = { appId, privateKey, webhookSecret, gitHubHost: simulator.host, dataDir }
  const start = async (more: Readonly<Record<string, string>>) => {
    const app = await startApp({ ...settings, environment: { ...environment, ...more } })
    simulator.deliveries.url = app.webhookUrl
    return app
  }
  const clear = async () => {
    await simulator.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  let app = await start({}).catch(async (error: unknown) => {
    await clear()
    throw error
  })
  return {
    simulator,
    dataDir,
    settings,
    get app() {
      return app
    },
    async restart(more = {}) {
      app = await start(more)
    },
    async close() {
      await app.stop()
      await clear()
    },
  }
}
