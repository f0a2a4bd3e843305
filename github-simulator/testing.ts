import { createSign, randomBytes } from 'node:crypto'
import type { TestContext } from 'node:test'

import { appKeyPair } from './app-key-pair.ts'
import type { Simulator, SimulatorOptions } from './simulator.ts'
import { startSimulator } from './simulator.ts'
import type { Account, Installation, Repository } from './state.ts'

export const appId = 4711

/** What an App may have that gates pull requests. */
export const permissions = {
  checks: 'write',
  contents: 'read',
  metadata: 'read',
  pull_requests: 'write',
  issues: 'read',
  administration: 'read',
  members: 'read',
  merge_queues: 'read',
  statuses: 'read',
}

const events = [
  'pull_request',
  'pull_request_review',
  'push',
  'check_run',
  'check_suite',
  'issue_comment',
  'repository',
  'member',
  'membership',
  'team',
  'branch_protection_rule',
  'repository_ruleset',
  'create',
  'delete',
]

export interface Setting {
  readonly simulator: Simulator
  readonly secret: string
  readonly organization: Account
  readonly alice: Account
  readonly bob: Account
  readonly repository: Repository
  readonly installation: Installation
}

/** A simulator with an organisation, two people and a repository in which the App is installed; closed after the test. */
export async function setting(
  context: TestContext,
  options: Partial<SimulatorOptions> = {},
): Promise<Setting> {
  const secret = randomBytes(20).toString('hex')
  const { publicKey } = appKeyPair()
  const simulator = await startSimulator({
    appId,
    publicKey,
    webhookSecret: secret,
    permissions,
    events,
    ...options,
  })
  context.after(() => simulator.close())
  const { people } = simulator
  const organization = people.createOrganization('acme')
  const [alice, bob] = [people.createUser('alice'), people.createUser('bob')]
  people.addMember(organization, alice, 'admin')
  people.addMember(organization, bob)
  const files = { 'README.md': 'deploys\n', 'apps/shop.yaml': 'kind: Application\n' }
  const repository = await simulator.repositories.create(organization, 'deploy', { content: { files } })
  repository.collaborators.set('bob', 'write')
  const installation = simulator.installations.install(organization, alice)
  return { simulator, secret, organization, alice, bob, repository, installation }
}

/** A JWT as an App makes it. Times are seconds from now. */
export function appJwt({ issuer = appId, issuedIn = -30, expiresIn = 300, now = Date.now() } = {}): string {
  const seconds = Math.floor(now / 1000)
  const encoded = [
    { alg: 'RS256', typ: 'JWT' },
    { iat: seconds + issuedIn, exp: seconds + expiresIn, iss: issuer },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${encoded}.${createSign('RSA-SHA256').update(encoded).sign(appKeyPair().privateKey, 'base64url')}`
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

/** Calls the API. `path` is below `/api/v3`. */
export async function api(
  { simulator }: Pick<Setting, 'simulator'>,
  token: string,
  request: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const [method = 'GET', path = ''] = request.split(' ')
  const response = await fetch(`${simulator.origin}/api/v3${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, connection: 'close', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : text
  return { status: response.status, headers: response.headers, body: parsed }
}

/** A fresh installation token. */
export async function tokenOf(
  world: Pick<Setting, 'simulator' | 'installation'>,
  body?: unknown,
  now = Date.now(),
): Promise<string> {
  const path = `/app/installations/${world.installation.id}/access_tokens`
  const reply = await api(world, appJwt({ now }), `POST ${path}`, body === undefined ? {} : { body })
  if (reply.status !== 201) throw new Error(`no token: ${JSON.stringify(reply.body)}`)
  return String(pick(reply.body, 'token'))
}

/** What lies at a place such as `items.0.user.login` of an answer; undefined if nothing does. */
export function pick(value: unknown, place: string): unknown {
  let found: unknown = value
  for (const key of place.split('.')) {
    if (typeof found !== 'object' || found === null) return undefined
    found = new Map<string, unknown>(Object.entries(found)).get(key)
  }
  return found
}

/** An address where nobody answers. */
export const nowhere = 'http://127.0.0.1:9/'
