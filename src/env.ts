import { readFileSync } from 'node:fs'

import { readPrivateKey } from './env-private-key.ts'
import type { EnvProblem } from './env-problem.ts'
import { EnvReader, type FileReader } from './env-reader.ts'
import { unknownSettings } from './env-unknown.ts'
import { Redacted } from './std/redacted.ts'
import { UserError } from './std/user-error.ts'

/** What is known with credentials and without. */
interface Common {
  readonly logLevel: (typeof logLevels)[number]
  readonly logFormat: 'json' | 'pretty'
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly webhookPath: string
  /** Without a slash at its end; null where it is not set. */
  readonly publicUrl: string | null
  readonly github: { readonly host: string | null; readonly protocol: 'http' | 'https' }
}

/** No credentials are set at all: the setup page is shown. */
export interface SetupEnv extends Common {
  readonly kind: 'setup'
}

export interface AppEnv extends Common {
  readonly kind: 'app'
  readonly github: Common['github'] & { readonly appId: number; readonly privateKey: Redacted }
  /** The current one first; the previous one is accepted while GitHub still signs with it. */
  readonly webhookSecrets: readonly [Redacted, ...Redacted[]]
  /** For people who log in to the pages; null where it is not set. */
  readonly oauth: { readonly clientId: string; readonly clientSecret: Redacted } | null
  /** Null for the embedded database under `dataDir`. */
  readonly databaseUrl: Redacted | null
  readonly dataDir: string
  /** Of all mirrors on disk. */
  readonly mirrorBytes: number
  /** Jobs at once. */
  readonly workers: number
  /** Null for none. */
  readonly metricsPort: number | null
  /** PATH, where git is looked for. */
  readonly path: string
  /** How git reaches GitHub: proxies and certificates. */
  readonly network: Readonly<Partial<Record<(typeof networkSettings)[number], string>>>
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const networkSettings = [
  'HTTPS_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
] as const

const secretSettings = [
  'PRIVATE_KEY',
  'WEBHOOK_SECRET',
  'WEBHOOK_SECRET_PREVIOUS',
  'GITHUB_CLIENT_SECRET',
  'DATABASE_URL',
]
const plainSettings = [
  'APP_ID',
  'PRIVATE_KEY_PATH',
  'WEBHOOK_PATH',
  'GHE_HOST',
  'GHE_PROTOCOL',
  'GITHUB_CLIENT_ID',
  'PORT',
  'HOST',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'DATA_DIR',
  'MIRRORS_GB',
  'PUBLIC_URL',
  'WORKERS',
  'METRICS_PORT',
]
const known = [...plainSettings, ...secretSettings.flatMap((name) => [name, `${name}_FILE`])]

/**
 * The settings of the App, from its environment. Throws one `UserError` with a sentence for each that is missing, wrong
 * or not ours. There is no default for a secret.
 */
export function readEnv(
  env: Readonly<Record<string, string | undefined>>,
  readFile: FileReader = (path) => readFileSync(path, 'utf8'),
): AppEnv | SetupEnv {
  const reader = new EnvReader(env, readFile)
  reader.problems.push(...unknownSettings(reader.set, known))
  const common = readCommon(reader)
  const hasNone = !reader.has('APP_ID') && !hasPrivateKey(reader) && !reader.hasSecret('WEBHOOK_SECRET')
  const read = hasNone ? { kind: 'setup' as const, ...common } : readApp(reader, common)
  if (read === null || reader.problems.length > 0) throw refused(reader.problems)
  return read
}

function readCommon(reader: EnvReader): Common {
  return {
    logLevel: reader.choice('LOG_LEVEL', 'info', logLevels),
    logFormat: reader.choice('LOG_FORMAT', 'json', ['json', 'pretty']),
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.number('PORT', 3000, [0, 65_535]),
    webhookPath: reader.read('WEBHOOK_PATH', '/api/github/webhooks', {
      expected: 'a path such as /api/github/webhooks, and neither /healthz nor /readyz',
      parse: (text) => (/^\/(?!(?:healthz|readyz)$)[\w./~-]+$/.test(text) ? text : null),
    }),
    publicUrl: reader.read<string | null>('PUBLIC_URL', null, {
      expected: 'an address such as https://portcullis.example, without a query',
      parse: parsePublicUrl,
    }),
    github: {
      host: reader.read<string | null>('GHE_HOST', null, {
        expected: 'a host such as github.acme.example, without a protocol and a path',
        parse: parseHost,
      }),
      protocol: reader.choice('GHE_PROTOCOL', 'https', ['https', 'http']),
    },
  }
}

function readApp(reader: EnvReader, common: Common): AppEnv | null {
  const appId = reader.number('APP_ID', null, [1, Number.MAX_SAFE_INTEGER])
  if (!reader.has('APP_ID')) reader.missing('APP_ID', "it is the number in the App's settings")
  const privateKey = readKey(reader)
  const webhookSecrets = readWebhookSecrets(reader)
  const rest = {
    oauth: readOauth(reader),
    databaseUrl: readDatabaseUrl(reader),
    dataDir: reader.text('DATA_DIR') ?? './data',
    mirrorBytes: reader.number('MIRRORS_GB', 20, [1, 100_000]) * 1e9,
    workers: reader.number('WORKERS', 4, [1, 64]),
    metricsPort: reader.number('METRICS_PORT', null, [1, 65_535]),
    path: reader.text('PATH') ?? '',
    network: readNetwork(reader),
  }
  if (appId === null || privateKey === null || webhookSecrets === null) return null
  return { kind: 'app', ...common, ...rest, webhookSecrets, github: { ...common.github, appId, privateKey } }
}

function hasPrivateKey(reader: EnvReader): boolean {
  return reader.hasSecret('PRIVATE_KEY', ['PRIVATE_KEY_PATH'])
}

function readKey(reader: EnvReader): Redacted | null {
  if (!hasPrivateKey(reader)) {
    reader.missing(
      'PRIVATE_KEY',
      "it is the .pem file from the App's settings; PRIVATE_KEY_PATH may name the file",
    )
    return null
  }
  const secret = reader.secretText('PRIVATE_KEY', ['PRIVATE_KEY_PATH'])
  return secret === null ? null : reader.accept(readPrivateKey(secret.name, secret.text))
}

function readWebhookSecrets(reader: EnvReader): readonly [Redacted, ...Redacted[]] | null {
  if (!reader.hasSecret('WEBHOOK_SECRET'))
    reader.missing('WEBHOOK_SECRET', "it is what you entered as the webhook secret in the App's settings")
  const current = readWebhookSecret(reader, 'WEBHOOK_SECRET')
  const previous = readWebhookSecret(reader, 'WEBHOOK_SECRET_PREVIOUS')
  if (current === null) return null
  return previous === null ? [current] : [current, previous]
}

/** Whoever guesses it can forge deliveries; `development` is what Probot takes where none is set. */
function readWebhookSecret(reader: EnvReader, name: string): Redacted | null {
  const secret = reader.secretText(name)
  if (secret === null) return null
  const order = "Make one with openssl rand -hex 32, and enter it in the App's settings too."
  if (secret.text === 'development') reader.refuse(`${secret.name} is a word that everybody knows.`, order)
  else if (secret.text.length < 16) reader.refuse(`${secret.name} is shorter than 16 characters.`, order)
  return new Redacted(secret.text)
}

function readOauth(reader: EnvReader): AppEnv['oauth'] {
  const clientId = reader.text('GITHUB_CLIENT_ID')
  const secret = reader.secretText('GITHUB_CLIENT_SECRET')
  if (clientId !== null && secret !== null) return { clientId, clientSecret: new Redacted(secret.text) }
  if (clientId !== null && !reader.hasSecret('GITHUB_CLIENT_SECRET'))
    reader.missing('GITHUB_CLIENT_SECRET', 'GITHUB_CLIENT_ID is of no use without it')
  if (clientId === null && secret !== null)
    reader.missing('GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET is of no use without it')
  return null
}

function readDatabaseUrl(reader: EnvReader): Redacted | null {
  const secret = reader.secretText('DATABASE_URL')
  if (secret === null) return null
  if (!/^postgres(?:ql)?:$/.test(parseUrl(secret.text)?.protocol ?? ''))
    reader.refuse(`${secret.name} must be a URL such as postgresql://user@host/portcullis.`, 'Correct it.')
  return new Redacted(secret.text)
}

/** Only what is set: git tells an empty proxy from none. Curl knows some of them in small letters only. */
function readNetwork(reader: EnvReader): AppEnv['network'] {
  const found = networkSettings.flatMap((name) => {
    const value = reader.text(name) ?? reader.text(name.toLowerCase())
    return value === null ? [] : [[name, value] as const]
  })
  return Object.fromEntries(found)
}

function parseHost(text: string): string | null {
  return /^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(text) ? text : null
}

function parsePublicUrl(text: string): string | null {
  const url = parseUrl(text)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (url === null || !isWeb || url.search + url.hash + url.username + url.password !== '') return null
  return url.href.replace(/\/+$/, '')
}

function parseUrl(text: string): URL | null {
  return URL.parse(text)
}

function refused(problems: readonly EnvProblem[]): UserError {
  const [first, ...more] = problems
  if (first === undefined) throw new Error('Settings were refused without a reason.')
  if (more.length === 0) return new UserError({ code: 'environment-invalid', ...first })
  const lines = problems.map(({ message, remediation }) => `- ${message} ${remediation}`)
  return new UserError({
    code: 'environment-invalid',
    message: `${problems.length} settings are wrong:\n${lines.join('\n')}\n`,
    remediation: 'Correct them, and start again.',
  })
}
