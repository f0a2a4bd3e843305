import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { after } from 'node:test'

import { openGitHubApp } from '../github/open-app.ts'
import type { CheckRun } from '../model/check-run.ts'
import type { GitHub } from '../ports/github.ts'
import { Redacted } from '../std/redacted.ts'
import type { Script } from './scripted-github.ts'
import { etagsInMemory, jumpingClock, listeningLog, scriptedGitHub } from './scripted-github.ts'

const { privateKey, publicKey: verifyingKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const publicKey = verifyingKey
export const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
export const name = { owner: 'acme', name: 'fleet' }
export const repo = '/repos/acme/fleet'
export const oid = 'a'.repeat(40)
export const kim = { id: 5, login: 'kim', type: 'User' }
export const everything = {
  metadata: 'read',
  checks: 'write',
  contents: 'read',
  pull_requests: 'write',
  members: 'read',
  administration: 'read',
}

export const repository = {
  id: 1,
  name: 'fleet',
  owner: { login: 'acme' },
  default_branch: 'main',
  archived: false,
}
const pull = {
  number: 12,
  state: 'open',
  draft: false,
  title: 'A title',
  body: null,
  user: kim,
  labels: [{ name: 'ready' }],
  head: { sha: oid, ref: 'topic', repo: null },
  base: { ref: 'main', sha: oid, repo: repository },
}
export const pinned = [
  {
    type: 'required_status_checks',
    ruleset_source_type: 'Organization',
    ruleset_source: 'acme',
    ruleset_id: 42,
    parameters: { required_status_checks: [{ context: 'portcullis', integration_id: 99 }] },
  },
  { type: 'non_fast_forward', ruleset_source: 'acme', ruleset_id: 42 },
  { type: 'deletion', ruleset_source: 'acme', ruleset_id: 42 },
]
export const review = {
  id: 1,
  user: kim,
  state: 'APPROVED',
  commit_id: oid,
  submitted_at: '2026-01-01T00:00:00Z',
  body: 'x',
}
export const text = 'version: 1\n'
const policyFile = {
  type: 'file',
  size: text.length,
  sha: oid,
  encoding: 'base64',
  content: Buffer.from(text).toString('base64'),
}
export const run: CheckRun = {
  name: 'portcullis',
  headSha: oid,
  externalId: '7',
  state: { status: 'completed', conclusion: 'failure' },
  output: { title: 'Two findings', summary: 'Fix them.', text: '', annotations: [] },
  actions: [{ label: 'Rescan', description: 'Evaluate again', identifier: 'rescan' }],
}
const usual: Record<string, Script> = {
  [`GET ${repo}`]: () => ({ json: repository }),
  [`GET ${repo}/pulls/12`]: () => ({ json: pull }),
  [`GET ${repo}/pulls/12/reviews`]: () => ({ json: [review] }),
  [`GET ${repo}/collaborators`]: () => ({ json: [{ ...kim, role_name: 'maintain' }] }),
  [`GET ${repo}/rules/branches/main`]: () => ({ json: pinned }),
  'GET /repos/acme/.github/contents/portcullis.yml': () => ({ json: policyFile }),
  [`POST ${repo}/check-runs`]: () => ({ status: 201, json: { id: 77 } }),
}

/** An open App against a server that gives tokens for an hour and answers as scripted. */
export async function openedApp(script: Record<string, Script> = {}) {
  const clock = jumpingClock()
  const given: string[] = []
  const token: Script = () => {
    given.push(`ghs_${randomBytes(18).toString('hex')}`)
    const expires_at = new Date(clock.now() + 3_600_000).toISOString()
    return { status: 201, json: { token: given.at(-1), expires_at, permissions: everything } }
  }
  const server = await scriptedGitHub(
    { 'POST /app/installations/3/access_tokens': token, ...usual, ...script },
    clock.now,
  )
  after(() => server.close())
  const [log, etags] = [listeningLog(), etagsInMemory()]
  const app = openGitHubApp({
    appId: 99,
    privateKey: new Redacted(pem),
    host: server.host,
    protocol: 'http',
    etags,
    log,
    now: clock.now,
    timers: clock.timers,
  })
  const calls = () =>
    server.received.map(({ route }) => route).filter((route) => !route.includes('access_tokens'))
  return { ...server, app, github: app.forInstallation(3), clock, log, etags, given, calls }
}

/** The calls of one evaluation. */
export async function evaluate({ github }: { github: GitHub }): Promise<void> {
  await github.pullRequest(name, 12)
  await github.reviews(name, 12)
  await github.collaborators(name)
  await github.organisationPolicy('acme')
  await github.effectiveRules(name, 'main')
  await github.checks.create(name, run)
}
