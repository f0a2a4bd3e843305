import assert from 'node:assert/strict'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { type AppEnv, readEnv } from './env.ts'
import { UserError } from './std/user-error.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const secret = randomBytes(32).toString('hex')
const other = randomBytes(32).toString('hex')
const app = { APP_ID: '4711', PRIVATE_KEY: pem, WEBHOOK_SECRET: secret }

describe('readEnv', () => {
  it('fills in what is not set', () => {
    const env = appEnv(app)

    assert.deepEqual(
      { ...env, webhookSecrets: env.webhookSecrets.length, github: { ...env.github, privateKey: null } },
      {
        kind: 'app',
        logLevel: 'info',
        logFormat: 'json',
        host: '127.0.0.1',
        port: 3000,
        webhookPath: '/api/github/webhooks',
        publicUrl: null,
        oauth: null,
        databaseUrl: null,
        dataDir: './data',
        mirrorBytes: 20e9,
        workers: 4,
        metricsPort: null,
        path: '',
        network: {},
        webhookSecrets: 1,
        github: { appId: 4711, privateKey: null, host: null, protocol: 'https' },
      },
    )
  })

  it('reads every setting', () => {
    const env = appEnv({
      ...app,
      WEBHOOK_SECRET_PREVIOUS: other,
      WEBHOOK_PATH: '/hook',
      GHE_HOST: '127.0.0.1:8080',
      GHE_PROTOCOL: 'http',
      GITHUB_CLIENT_ID: 'Iv1.a',
      GITHUB_CLIENT_SECRET: other,
      PORT: '0',
      HOST: '0.0.0.0',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'pretty',
      DATABASE_URL: 'postgresql://db/portcullis',
      DATA_DIR: '/data',
      MIRRORS_GB: '3',
      PUBLIC_URL: 'https://gate.acme.dev/x/',
      WORKERS: '8',
      METRICS_PORT: '9090',
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy:3128',
      no_proxy: 'localhost',
    })

    assert.deepEqual(
      env.webhookSecrets.map((value) => value.expose()),
      [secret, other],
    )
    assert.equal(env.oauth?.clientSecret.expose(), other)
    assert.equal(env.databaseUrl?.expose(), 'postgresql://db/portcullis')
    assert.deepEqual(env.network, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'localhost' })
    assert.deepEqual([env.github.host, env.github.protocol], ['127.0.0.1:8080', 'http'])
    assert.deepEqual([env.host, env.port, env.webhookPath], ['0.0.0.0', 0, '/hook'])
    assert.deepEqual([env.logLevel, env.logFormat], ['debug', 'pretty'])
    assert.deepEqual([env.dataDir, env.mirrorBytes, env.path], ['/data', 3e9, '/bin'])
    assert.deepEqual([env.publicUrl, env.workers, env.metricsPort], ['https://gate.acme.dev/x', 8, 9090])
  })

  for (const [name, env] of [
    ['nothing', {}],
    ['what any container has', { PATH: '/bin', HOME: '/root', HOSTNAME: 'a', PORT: '80' }],
    ['empty credentials, as Compose passes them on', { APP_ID: '', PRIVATE_KEY: ' ', WEBHOOK_SECRET: '' }],
  ] as const) {
    it(`shows the setup page with ${name}`, () => assert.equal(readEnv(env, noFile).kind, 'setup'))
  }

  for (const name of ['PRIVATE_KEY_PATH', 'PRIVATE_KEY_FILE']) {
    it(`reads the private key from the file of ${name}`, () => {
      const env = appEnv({ ...app, PRIVATE_KEY: undefined, [name]: '/pem' }, someFile)

      assert.equal(env.github.privateKey.expose(), pem)
    })
  }

  it('reads every secret from a file, without the end of its line', () => {
    const files: Record<string, string> = {
      '/k': pem,
      '/s': `${secret}\n`,
      '/p': `${other}\r\n`,
      '/d': 'postgres://db/x\n',
    }
    const env = appEnv(
      {
        APP_ID: '1',
        PRIVATE_KEY_FILE: '/k',
        WEBHOOK_SECRET_FILE: '/s',
        WEBHOOK_SECRET_PREVIOUS_FILE: '/p',
        DATABASE_URL_FILE: '/d',
      },
      (path) => files[path] ?? '',
    )

    assert.deepEqual(
      env.webhookSecrets.map((value) => value.expose()),
      [secret, other],
    )
    assert.equal(env.databaseUrl?.expose(), 'postgres://db/x')
  })

  for (const [name, given, sentence] of [
    ['no App id', { APP_ID: undefined }, /^APP_ID is not set\. Set it: /],
    ['no private key', { PRIVATE_KEY: undefined }, /^PRIVATE_KEY is not set\./],
    ['no webhook secret', { WEBHOOK_SECRET: undefined }, /^WEBHOOK_SECRET is not set\./],
    ['an App id that is none', { APP_ID: 'Iv1.a' }, /^APP_ID must be a whole number/],
    [
      'a short name that is one letter off',
      { APP_ID: undefined, APPID: '1' },
      /APPID is set: did you mean APP_ID\?/,
    ],

    ['a key that is none', { PRIVATE_KEY: 'hunter2' }, /^PRIVATE_KEY is no private key in PEM form\. Use /],
    [
      'a wrong key in a file',
      { PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: '/hosts' },
      /^PRIVATE_KEY_PATH is no private key/,
    ],
    ['two ways to a key', { PRIVATE_KEY_PATH: '/pem' }, /^PRIVATE_KEY and PRIVATE_KEY_PATH are both set/],

    [
      'the secret of Probot',
      { WEBHOOK_SECRET: 'development' },
      /^WEBHOOK_SECRET is a word that everybody knows/,
    ],
    [
      'a short secret',
      { WEBHOOK_SECRET: secret.slice(0, 15) },
      /^WEBHOOK_SECRET is shorter than 16 characters/,
    ],
    ['a short previous secret', { WEBHOOK_SECRET_PREVIOUS: 'short' }, /^WEBHOOK_SECRET_PREVIOUS is shorter/],
    [
      'a file that is not there',
      { DATABASE_URL_FILE: '/none' },
      /^DATABASE_URL_FILE names a file that cannot be read \(ENOENT\)/,
    ],
    ['an empty file', { DATABASE_URL_FILE: '/empty' }, /^DATABASE_URL_FILE names an empty file/],

    ['another database', { DATABASE_URL: 'mysql://db' }, /^DATABASE_URL must be a URL such as postgresql:/],
    ['a port that is none', { PORT: 'http' }, /^PORT must be a whole number from 0 to 65535/],
    ['a port that is too high', { METRICS_PORT: '65536' }, /^METRICS_PORT must be/],
    ['no workers', { WORKERS: '0' }, /^WORKERS must be/],
    ['a level that is none', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of fatal, error,/],
    ['a host with a protocol', { GHE_HOST: 'https://ghe.acme.dev' }, /^GHE_HOST must be a host/],
    ['another protocol', { GHE_PROTOCOL: 'ftp' }, /^GHE_PROTOCOL must be one of https, http/],
    ['a path without a slash', { WEBHOOK_PATH: 'hook' }, /^WEBHOOK_PATH must be a path/],
    ['a path that is taken', { WEBHOOK_PATH: '/healthz' }, /^WEBHOOK_PATH must be a path/],
    ['an address without a protocol', { PUBLIC_URL: 'gate.acme.dev' }, /^PUBLIC_URL must be an address/],
    [
      'an address with a password',
      { PUBLIC_URL: 'https://a:b@gate.acme.dev' },
      /^PUBLIC_URL must be an address/,
    ],
    ['half of the log-in', { GITHUB_CLIENT_ID: 'Iv1.a' }, /^GITHUB_CLIENT_SECRET is not set/],
    ['the other half of the log-in', { GITHUB_CLIENT_SECRET: other }, /^GITHUB_CLIENT_ID is not set/],

    [
      'a misspelled setting',
      { WEBHOOK_SECRT: other },
      /^WEBHOOK_SECRT is not a setting of Portcullis\. Did you mean WEBHOOK_SECRET\?$/,
    ],
    ['two letters swapped', { DATABASE_ULR: 'x' }, /Did you mean DATABASE_URL\?/],
    [
      'small letters',
      { data_dir: '/data' },
      /^data_dir is not a setting of Portcullis\. Did you mean DATA_DIR\?/,
    ],
    [
      'our name before it',
      { PORTCULLIS_WORKERS: '2' },
      /^PORTCULLIS_WORKERS is not .* Did you mean WORKERS\?/,
    ],
    [
      'a setting of Probot',
      { WEBHOOK_PROXY_URL: 'x' },
      /^WEBHOOK_PROXY_URL is not a setting of Portcullis\. Remove it\./,
    ],
  ] as const) {
    it(`refuses ${name}`, () => assert.match(refusal({ ...app, ...given }), sentence))
  }

  for (const name of [
    'HOSTNAME',
    'APP_UID',
    'APP_ENV',
    'NODE_ENV',
    'DATA',
    'XDG_DATA_DIRS',
    'GITHUB_TOKEN',
    'PORTS',
    'DB_URL',
    'PORTCULLIS_SERVICE_HOST',
    'PORTCULLIS_PORT',
    'PORTCULLIS_PORT_3000_TCP_ADDR',
    'WEBHOOK_SERVICE_PORT_HTTP',
    'WEBHOOK_PORT_443_TCP',
    'LOGLEVEL_X',
    'npm_config_cache',
    'https_proxy',
  ]) {
    it(`leaves ${name} to others`, () => assert.equal(readEnv({ ...app, [name]: 'x' }, noFile).kind, 'app'))
  }

  it('names everything that is wrong at once', () => {
    const message = refusal({ ...app, PORT: 'x', LOG_LEVEL: 'x', WEBHOOK_SECRET: undefined })

    assert.match(
      message,
      /^3 settings are wrong:\n- LOG_LEVEL .*\n- PORT .*\n- WEBHOOK_SECRET .*\n Correct them/,
    )
  })

  it('asks for the rest where one credential is set', () => {
    const message = refusal({ APP_ID: '1' })

    assert.match(message, /- PRIVATE_KEY is not set\.[^]*- WEBHOOK_SECRET is not set\./)
  })

  it('never repeats a value, wherever it stands', () => {
    const value = fc.constantFrom(
      ...Object.keys(app),
      'PORT',
      'PUBLIC_URL',
      'GHE_HOST',
      'DATABASE_URL',
      'WEBHOOK_PATH',
    )
    const shown = 'Zq7xK9vLw2Tr'

    fc.assert(
      fc.property(value, fc.string(), (name, rest) => {
        try {
          readEnv({ ...app, [name]: `${shown}${rest}` }, noFile)
        } catch (error) {
          assert.ok(error instanceof UserError)
          assert.doesNotMatch(error.message, new RegExp(shown))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('reads any environment, or refuses it with sentences', () => {
    const names = fc.oneof(
      fc.string(),
      fc.constantFrom(...Object.keys(app), 'PORT', 'WEBHOOK_X', 'PRIVATE_KEY_FILE'),
    )

    fc.assert(
      fc.property(fc.dictionary(names, fc.string()), (env) => {
        try {
          readEnv(env, noFile)
        } catch (error) {
          assert.ok(error instanceof UserError)
          assert.equal(error.code, 'environment-invalid')
        }
      }),
    )
  })
})

type Given = Record<string, string | undefined>

function appEnv(env: Given, readFile: (path: string) => string = noFile): AppEnv {
  const read = readEnv(env, readFile)
  assert.equal(read.kind, 'app')
  return read
}

function refusal(env: Given): string {
  try {
    readEnv(env, someFile)
  } catch (error) {
    assert.ok(error instanceof UserError)
    assert.equal(error.code, 'environment-invalid')
    return error.message
  }
  return assert.fail('it was not refused')
}

function someFile(path: string): string {
  const files: Record<string, string> = { '/pem': pem, '/hosts': '127.0.0.1 localhost', '/empty': '\n' }
  return files[path] ?? noFile(path)
}

function noFile(path: string): string {
  throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' })
}
