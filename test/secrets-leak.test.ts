import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'

import { PGlite } from '@electric-sql/pglite'

import type { Repository } from '../github-simulator/state.ts'
import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'
import { Facts } from '../src/model/facts.ts'
import { startsThatFail, withoutItsBlob } from './leak-faults.ts'
import { plant } from './leak-world.ts'
import type { Scene } from './leak-world.ts'
import { Planted } from './planted.ts'
import { encodings, Traces } from './traces.ts'

const cli = resolve(import.meta.dirname, '../src/cli.ts')
const planted = new Planted('leak')
const verdictFormats = ['json', 'sarif', 'github', 'human']

let world: World
let scene: Scene
let root: string
/** Everything that was written, by what wrote it. */
const outputs = new Map<string, (string | Uint8Array)[]>()
let traces: Traces

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-leak-'))
  world = await startWorld({ LOG_LEVEL: 'trace' })
  addOwnSecrets()
  scene = await plant(world, planted)
  await judged()
  await strangers()
  keep('the log', world.app.output)
  await world.app.stop()
  await inTheOtherFormat()
  await commands()
  await crashes()
  keepPosted()
  await keepDatabase()
  traces = new Traces(planted.secrets)
})
after(async () => {
  await world.close()
  rmSync(root, { recursive: true, force: true })
})

describe('no secret leaks', () => {
  it('of more than 300 that were planted in more than 20 places', () => {
    const places = new Set(planted.secrets.map(({ where }) => where))
    assert.ok(planted.secrets.length >= 300, `${planted.secrets.length}`)
    assert.ok(places.size >= 20, [...places].join(', '))
  })

  it('that the search would find, however it is written', () => {
    for (const { piece } of planted.secrets)
      for (const [encoding, text] of encodings(piece))
        assert.ok(traces.in(`before ${text} after`).length > 0, encoding)
    const file = Buffer.from(`..password: ${planted.secrets[0]?.piece}!`).toString('base64')
    assert.ok(traces.in(file).length > 0)
  })

  for (const place of [
    'check runs',
    'comments',
    'the log',
    'answers of the front door',
    'rows of the database',
    'files of the database',
    'portcullis check',
    'portcullis scan',
    'portcullis policy',
    'portcullis facts',
    'errors and crashes',
  ])
    it(`into ${place}`, () => {
      const written = outputs.get(place) ?? []

      assert.ok(written.length > 0 && written.every(({ length }) => length > 0), 'nothing was written')
      assert.deepEqual(
        written.flatMap((output) => traces.in(output)),
        [],
      )
    })

  it('of an installation, whose tokens only GitHub and the App know', () => {
    // What facts prints whole is checked above without the description, which holds such tokens.
    for (const [place, written] of outputs)
      for (const output of place === 'standard output of facts' ? [] : written)
        assert.doesNotMatch(Buffer.from(output as string).toString('latin1'), /ghs_[A-Za-z0-9]{8}/, place)
  })

  it('while GitHub is asked nothing that it would not take', () =>
    assert.deepEqual(world.simulator.violations, []))
})

function keep(place: string, written: readonly (string | Uint8Array)[]): void {
  outputs.set(place, [...(outputs.get(place) ?? []), ...written])
}

/** The App's own: they are known to nobody else, so the harness hands them out. */
function addOwnSecrets(): void {
  planted.add('the webhook secret', world.settings.webhookSecret)
  planted.add('the private key', world.settings.privateKey)
  // What git logs in with, whatever the token is.
  planted.secrets.push({ where: 'a login of git', piece: 'access-token:ghs' })
}

/** Waits until everything that can have a check has one, and commands were answered. */
async function judged(): Promise<void> {
  const { simulator } = world
  for (const { repository, pull } of scene.pulls)
    await simulator.until(
      () => simulator.checks.latest(repository, pull.headSha, 'portcullis')?.status === 'completed',
    )
  const main = scene.estate.branches.get('main') ?? ''
  await simulator.until(
    () => simulator.checks.latest(scene.estate, main, 'portcullis')?.status === 'completed',
  )
  await simulator.until(() => rockets() > 0 && ownComments().length > 0)
  await simulator.deliveries.settled()
}

function rockets(): number {
  const comments = world.simulator.comments.of(scene.estate, scene.pull)
  return comments.filter(({ reactions }) => reactions.some(({ content }) => content === 'rocket')).length
}

function ownComments() {
  return world.simulator.comments.of(scene.estate, scene.pull).filter(({ byApp }) => byApp)
}

/** Deliveries that nobody signed, that are no JSON, and that are not as GitHub describes them. */
async function strangers(): Promise<void> {
  const { app, simulator } = world
  for (const body of [
    planted.token('an unsigned delivery'),
    `{"a": "${planted.token('an unsigned delivery')}"`,
  ]) {
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': 'a-b',
    }
    const signature = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }
    const answer = await fetch(app.webhookUrl, {
      method: 'POST',
      body,
      headers: { ...headers, ...signature },
    })
    keep('answers of the front door', [await answer.text()])
  }
  const [known] = simulator.deliveries.all.filter(({ event }) => event === 'push')
  assert.ok(known)
  const broken = JSON.stringify({ ...JSON.parse(known.body), ref: [planted.token('a malformed delivery')] })
  await simulator.deliveries.send({ ...known, guid: 'malformed', body: broken, attempts: [] })
}

/** Starts the App again with a log for people, has everything judged anew, and lets GitHub fail with a secret. */
async function inTheOtherFormat(): Promise<void> {
  await world.restart({ LOG_LEVEL: 'trace', LOG_FORMAT: 'pretty' })
  const { simulator } = world
  const message = planted.token('a failure of GitHub')
  let failures = 1
  simulator.fault = ({ operation }) => {
    if (operation !== 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews' || failures-- <= 0) return null
    return { status: 502, body: { message } }
  }
  const answered = rockets()
  simulator.comments.add(scene.estate, scene.pull, '/rescan --fresh', scene.alice)
  await simulator.until(() => rockets() > answered)
  await world.app.stop()
  keep('the log', world.app.output)
}

function keepPosted(): void {
  const { checks } = world.simulator
  for (const { repository } of scene.pulls)
    for (const run of repository.checkRuns) {
      const { suite: _, ...posted } = run
      keep('check runs', forms(JSON.stringify(posted)))
    }
  assert.ok(checks.of(scene.estate, scene.pull.headSha).length > 0)
  keep(
    'comments',
    ownComments().map(({ body }) => body),
  )
}

/** As it is, and as a reader sees it. */
function forms(text: string): string[] {
  return [text, text.replaceAll('\\\\', '').replaceAll('\u2060', '').replaceAll('&amp;', '&')]
}

async function keepDatabase(): Promise<void> {
  const folder = join(world.dataDir, 'database')
  const database = await PGlite.create(folder)
  const { rows: tables } = await database.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  )
  assert.ok(tables.length >= 10)
  for (const { name } of tables) {
    const { rows } = await database.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`)
    keep('rows of the database', [`${name} `, ...rows.map(({ row }) => row)])
  }
  await database.close()
  for (const path of readdirSync(world.dataDir, { recursive: true, encoding: 'utf8' })) {
    const file = join(world.dataDir, path)
    if (path.startsWith('mirrors') || !statSync(file).isFile() || statSync(file).size === 0) continue
    keep('files of the database', [path, readFileSync(file)])
  }
}

/** Runs the command line as a shell does, and keeps what it wrote. The simulator goes on answering meanwhile. */
async function run(place: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], XDG_CACHE_HOME: root, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)])
  keep(
    place,
    [out, error].filter((written) => written !== ''),
  )
  return out
}

function cloneOf(repository: Repository, name: string): string {
  const folder = join(root, name)
  execFileSync('git', ['clone', '-q', repository.gitDirectory, folder])
  return folder
}

/** Once more with files for three of the formats, so that each costs no run of its own. */
async function inAllFormats(place: string, args: readonly string[]): Promise<void> {
  const files = verdictFormats.slice(0, 3).map((format) => join(root, `out.${format}`))
  const flags = verdictFormats.slice(0, 3).flatMap((format, index) => ['-f', `${format}=${files[index]}`])
  await run(place, [...args, ...flags, '-f', 'human', '--verbose', '--color', 'always'])
  for (const file of files) {
    keep(place, [readFileSync(file)])
    rmSync(file)
  }
}

async function commands(): Promise<void> {
  const { simulator } = world
  const head = scene.pull.headSha
  const estate = cloneOf(scene.estate, 'estate')
  const token = simulator.people.createToken(scene.alice)
  planted.add('a token of the command line', `${token}0123456789`)
  const env = { GITHUB_TOKEN: token, GHE_HOST: simulator.host, GHE_PROTOCOL: 'http' }
  const facts = await run('standard output of facts', ['facts', `acme/estate#${scene.pull.number}`], env)
  writeFileSync(join(root, 'facts.json'), facts)
  // Title, description, branch and policy are what `check --facts` judges: the file is their owner's. Nothing else is in it.
  const { pullRequest, organisationPolicy: _, ...rest } = Facts.parse(JSON.parse(facts))
  const others = { ...pullRequest, title: '', body: '', headBranch: '' }
  keep('portcullis facts', [JSON.stringify({ ...rest, others })])
  await inAllFormats('portcullis check', ['-C', estate, 'check', `origin/main..${head}`])
  await inAllFormats('portcullis check', [
    '-C',
    estate,
    'check',
    `origin/main..${head}`,
    '--facts',
    join(root, 'facts.json'),
  ])
  await inAllFormats('portcullis check', ['-C', estate, 'check', `origin/main..${head}`, '--gates', 'iac'])
  await inAllFormats('portcullis scan', ['-C', estate, 'scan', '--history', head])
  execFileSync('git', ['-C', estate, 'checkout', '-q', head])
  await inAllFormats('portcullis scan', ['-C', estate, 'scan'])
  const brokenPolicy = cloneOf(scene.brokenPolicy, 'broken-policy')
  const brokenBaseline = cloneOf(scene.brokenBaseline, 'broken-baseline')
  for (const folder of [brokenPolicy, brokenBaseline]) {
    await inAllFormats('portcullis check', ['-C', folder, 'check', 'origin/main..origin/fix'])
    await inAllFormats('portcullis scan', ['-C', folder, 'scan'])
  }
  for (const command of ['lint', 'explain'])
    await run('portcullis policy', ['policy', command, join(brokenPolicy, '.github/portcullis.yml')])
  await run('portcullis policy', ['-C', brokenPolicy, 'policy', 'explain'])
}

async function crashes(): Promise<void> {
  const place = 'errors and crashes'
  const estate = join(root, 'estate')
  writeFileSync(join(root, 'no-facts.json'), `{"schema": ${planted.token('facts that are no JSON')}`)
  writeFileSync(join(root, 'other-facts.json'), `{"schema": "${planted.token('other facts')}"}`)
  const policy = join(root, 'broken-policy/.github/portcullis.yml')
  for (const flags of [
    ['--facts', join(root, 'no-facts.json')],
    ['--facts', join(root, 'other-facts.json')],
    ['--policy', policy],
    [planted.token('an argument')],
    ['--gates', planted.token('an argument')],
    [`--${planted.token('an argument')}`],
  ])
    await run(place, ['-C', estate, 'check', '--verbose', ...flags])
  await run(place, [planted.token('an argument')])
  await run(place, ['-C', estate, 'scan', planted.token('an argument')])
  await run(place, ['rules', planted.token('an argument')])
  await run(place, ['facts', planted.token('an argument')])
  await run(place, ['-C', withoutItsBlob(root, planted), 'check', '--verbose', 'main..topic'])
  keep(place, await startsThatFail(world, root, planted))
}
