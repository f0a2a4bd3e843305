import { Redacted } from './std/redacted.ts'
export interface AppEnv {
  readonly kind: 'app'
  readonly logLevel: string
  readonly workers: number
  readonly path: string
  readonly network: Record<string, string>
  readonly dataDir: string
  readonly mirrorBytes: number
  readonly databaseUrl: Redacted | null
  readonly webhookPath: string
  readonly webhookSecrets: readonly [Redacted, ...Redacted[]]
  readonly host: string
  readonly port: number
  readonly github: {
    readonly appId: number
    readonly privateKey: Redacted
    readonly host: string | null
    readonly protocol: 'http' | 'https'
  }
}
export function readEnv(env: Record<string, string | undefined>): AppEnv {
  return {
    kind: 'app',
    logLevel: env['LOG_LEVEL'] ?? 'info',
    workers: 4,
    path: env['PATH'] ?? '',
    network: {},
    dataDir: env['DATA_DIR'] ?? './data',
    mirrorBytes: 20e9,
    databaseUrl: null,
    webhookPath: '/api/github/webhooks',
    webhookSecrets: [new Redacted(env['WEBHOOK_SECRET'] ?? '')],
    host: '127.0.0.1',
    port: Number(env['PORT']),
    github: {
      appId: Number(env['APP_ID']),
      privateKey: new Redacted(env['PRIVATE_KEY'] ?? ''),
      host: env['GHE_HOST'] ?? null,
      protocol: 'http',
    },
  }
}
