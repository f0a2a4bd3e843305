import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The App as a process of its own, as an operator runs it. */
export interface AppProcess {
  readonly webhookUrl: string
  readonly origin: string
  /** Every line that it wrote, in order. */
  readonly output: readonly string[]
  /** Ends it as an orchestrator does, and waits. */
  stop(): Promise<number | null>
  /** Ends it as a power cut does, and waits. */
  kill(): Promise<void>
  readonly pid: number
}

export interface AppSettings {
  readonly appId: number
  readonly privateKey: string
  readonly webhookSecret: string
  /** `127.0.0.1:PORT` of the simulated GitHub. */
  readonly gitHubHost: string
  readonly dataDir: string
  readonly environment?: Readonly<Record<string, string>>
}

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Starts the App and waits until it listens. Throws, with what it wrote, where it ends instead. */
export async function startApp(settings: AppSettings): Promise<AppProcess> {
  const child = spawn(process.execPath, [main], {
    env: environmentOf(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output: string[] = []
  const port = await portOf(child, output)
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    webhookUrl: `${origin}/api/github/webhooks`,
    output,
    pid: child.pid ?? 0,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => void (await end(child, 'SIGKILL')),
  }
}

/** Only what is named: nothing of the environment around reaches it. */
function environmentOf(settings: AppSettings): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    APP_ID: String(settings.appId),
    PRIVATE_KEY: settings.privateKey,
    WEBHOOK_SECRET: settings.webhookSecret,
    GHE_HOST: settings.gitHubHost,
    GHE_PROTOCOL: 'http',
    DATA_DIR: settings.dataDir,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_FORMAT: 'json',
    ...settings.environment,
  }
}

function portOf(child: ChildProcess, output: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface({ input: stream }).on('line', (line) => {
        output.push(line)
        // In either format of the log.
        const port = /"port":(\d+).*"msg":"listening"|INFO listening .*"port":(\d+)/
          .exec(line)
          ?.slice(1)
          .find(Boolean)
        if (port !== undefined) resolve(Number(port))
      })
    }
    child.once('exit', (code) => reject(new Error(`the App ended with ${code}:\n${output.join('\n')}`)))
  })
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.kill(signal)
  })
}
