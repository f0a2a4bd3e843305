import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'

import type { Account, CheckRun, PullRequest, Repository } from '../github-simulator/state.ts'
import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'
import { Verdict } from '../src/model/verdict.ts'
import { buildHostile, hostileRepositories } from '../src/testing/hostile-repositories.ts'
import { hostileChanges, policy, yamlBomb } from './hostile-changes.ts'

const cli = resolve(import.meta.dirname, '../src/cli.ts')
/** C0 and C1 controls but the line feed, and what turns the direction of text. */
const unprintable = /(?!\n)[\p{Cc}\p{Bidi_Control}\u200b]/u

let root: string
let world: World
let owner: Account
let alice: Account
/** Those whose objects git does not take. */
const refused: Repository[] = []

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'portcullis-hostile-'))
  for (const folder of ['home', 'tmp', 'built']) mkdirSync(join(root, folder))
  writeFileSync(join(root, 'trap'), `#!/bin/sh\necho "$0 $@" >> ${join(root, 'marker')}\nexit 1\n`)
  chmodSync(join(root, 'trap'), 0o755)
  world = await startWorld({ HOME: join(root, 'home'), TMPDIR: join(root, 'tmp') })
  owner = world.simulator.people.createOrganization('acme')
  alice = world.simulator.people.createUser('alice')
  world.simulator.installations.install(owner, alice)
})
after(async () => {
  await world.close()
  rmSync(root, { recursive: true, force: true })
})

describe('a hostile repository', () => {
  for (const [index, one] of hostileRepositories.entries()) {
    it(`runs nothing and writes nothing elsewhere, as a pull request and on a laptop: ${one.name}`, async () => {
      const folder = join(root, 'built', String(index))
      mkdirSync(folder)
      const { repo, base, head } = buildHostile(one, folder, join(root, 'trap'))
      const listing = listed(folder)
      const repository = await hosted(`hostile-${index}`, join(repo.gitDir, 'objects'), base)

      await world.simulator.branches.move(
        repository,
        one.isRefused === true ? 'main' : 'hostile',
        head,
        alice,
      )
      const check = portcullis(['-C', repo.folder, 'check', `${base}..${head}`, '-f', 'json'])
      const scan = portcullis(['-C', repo.folder, 'scan', '-f', 'json'])
      const history = portcullis(['-C', repo.folder, 'scan', '--all', '-f', 'json'])
      if (one.isRefused === true) await fetched(repository)
      else notGreen(await concluded(repository, await opened(repository, 'hostile')), check.out)

      for (const { out, code } of [check, scan, history]) assertHonest(out, code)
      assert.ok(!existsSync(join(root, 'marker')), 'a trap was sprung')
      assert.deepEqual(listed(folder), listing)
      assert.deepEqual(written(), [])
    })
  }

  it('whose objects git refuses is never green', () => {
    assert.ok(refused.length > 0)
    for (const repository of refused)
      for (const { conclusion } of world.simulator.checks.of(
        repository,
        repository.branches.get('main') ?? '',
      ))
        assert.notEqual(conclusion, 'success')
  })
})

describe('a hostile change', () => {
  let repository: Repository
  before(async () => {
    const files = { '.github/portcullis.yml': policy }
    repository = await world.simulator.repositories.create(owner, 'changes', { content: { files } })
  })

  for (const [index, { name, changes, says, conclusion }] of hostileChanges.entries()) {
    it(`is read, or said not to have been: ${name}`, async () => {
      const pull = await open(repository, `change-${index}`, changes())

      const run = await concluded(repository, pull)

      const text = `${run.title}\n${run.summary}\n${run.text}`
      assert.equal(run.conclusion, conclusion, text.slice(0, 2_000))
      assert.match(text, says)
      assert.doesNotMatch(text.replaceAll('\u2060', ''), unprintable)
    })
  }

  it('prints no raw control character in a terminal', () => {
    const branch = `change-${hostileChanges.length - 1}`
    const clone = cloneOf(repository)
    for (const format of ['human', 'github', 'sarif', 'json']) {
      const args = ['-C', clone, 'check', `origin/main..origin/${branch}`, '-f', format, '--verbose']
      const { out, err, code } = portcullis(args)

      assert.equal(code, 1, err)
      const shown = format === 'json' ? out.replaceAll(/[\u0080-\uffff]/g, '') : out
      assert.doesNotMatch(shown, unprintable)
    }
  })
})

describe('a hostile policy on the base side', () => {
  for (const [name, content] of [
    ['a YAML bomb', yamlBomb],
    ['2 MB', `# ${'x'.repeat(2_000_000)}\nmode: off\n`],
  ] as const) {
    it(`is no policy: ${name}`, async () => {
      const files = { '.github/portcullis.yml': content, 'policy.yml': 'mode: off\n' }
      const repository = await world.simulator.repositories.create(owner, name.replaceAll(' ', '-'), {
        content: { files },
      })
      const pull = await open(repository, 'topic', { 'a.txt': 'a' })

      const run = await concluded(repository, pull)

      assert.equal(run.conclusion, 'failure')
      assert.match(run.title ?? '', /^Cannot evaluate: /)
      const { code, out } = portcullis([
        '-C',
        cloneOf(repository),
        'check',
        'origin/main..origin/topic',
        '-f',
        'json',
      ])
      assert.deepEqual([code, Verdict.parse(JSON.parse(out)).outcome], [3, 'error'])
    })
  }
})

it('follows no symbolic link from where the policy should be', async () => {
  const link = { mode: '120000', content: '../policy.yml' } as const
  const files = { '.github/portcullis.yml': link, 'policy.yml': 'mode: off\n' }
  const repository = await world.simulator.repositories.create(owner, 'link', { content: { files } })
  const pull = await open(repository, 'topic', { 'a.txt': 'a' })

  const run = await concluded(repository, pull)

  assert.notEqual(run.conclusion, 'success')
})

it('scans a folder of links and odd files without following them', () => {
  const folder = join(root, 'built', 'links')
  mkdirSync(folder)
  symlinkSync('/etc', join(folder, 'etc'))
  symlinkSync('/etc/passwd', join(folder, 'passwd'))
  symlinkSync('loop', join(folder, 'loop'))
  writeFileSync(join(folder, 'a\u001b[2J\u202e.txt'), 'x')

  const { out } = portcullis(['-C', folder, 'scan', '-f', 'json', '--gates', 'secrets'])

  const { skips, subject } = Verdict.parse(JSON.parse(out))
  assert.deepEqual(
    skips.map(({ path }) => path),
    ['etc', 'loop', 'passwd'],
  )
  assert.equal(subject.files, 1)
})

it('asks GitHub nothing that it would not take', () => assert.deepEqual(world.simulator.violations, []))

/** A repository of the simulated GitHub with these objects and nothing else of the hostile one. */
async function hosted(name: string, objects: string, base: string): Promise<Repository> {
  const { repositories, branches } = world.simulator
  const repository = await repositories.create(owner, name, { content: { isEmpty: true } })
  cpSync(objects, join(repository.gitDirectory, 'objects'), { recursive: true })
  rmSync(join(repository.gitDirectory, 'objects/info/alternates'), { force: true })
  await branches.move(repository, 'main', base, alice)
  return repository
}

function opened(repository: Repository, branch: string): Promise<PullRequest> {
  return world.simulator.pullRequests.open(repository, { branch, by: alice })
}

/** GitHub itself takes no such objects, so nobody can open a pull request from them: they are pushed. */
async function fetched(repository: Repository): Promise<void> {
  const { requests, deliveries } = world.simulator
  await deliveries.settled()
  await world.simulator.until(
    () =>
      requests.filter(({ kind, path }) => kind === 'git' && path.includes(`/${repository.name}.git`)).length >
      3,
  )
  refused.push(repository)
}

async function open(repository: Repository, branch: string, changes: HostileFiles): Promise<PullRequest> {
  await world.simulator.branches.commit(repository, { branch, changes, message: branch, by: alice })
  return opened(repository, branch)
}

type HostileFiles = ReturnType<(typeof hostileChanges)[number]['changes']>

async function concluded(repository: Repository, pull: PullRequest): Promise<CheckRun> {
  const latest = () => world.simulator.checks.latest(repository, pull.headSha, 'portcullis')
  await world.simulator.until(() => latest()?.status === 'completed')
  const run = latest()
  assert.ok(run)
  return run
}

/** The presets ask for an approval, so nothing here can be green; but what the two say must be the same. */
function notGreen(run: CheckRun, out: string): void {
  assert.notEqual(run.conclusion, 'success')
  const { findings, skips } = Verdict.parse(JSON.parse(out))
  const text = `${run.summary}${run.text}`
  if (skips.some(({ gate, blocks }) => gate !== 'reviews' && blocks)) assert.match(text, /Not looked at/)
  assert.equal(
    /secrets\//.test(text),
    findings.some(({ gate }) => gate === 'secrets'),
  )
}

/** A pass says what was looked at, and leaves nothing out that could block. */
function assertHonest(out: string, code: number | null): void {
  assert.ok(code === 0 || code === 1 || code === 3, `exit code ${code}`)
  const { outcome, skips, gates } = Verdict.parse(JSON.parse(out))
  if (outcome !== 'pass') return
  assert.ok(skips.every(({ blocks }) => !blocks))
  assert.ok(gates.some((gate) => gate.outcome === 'pass'))
}

function cloneOf({ name, gitDirectory }: Repository): string {
  const folder = join(root, 'built', name)
  execFileSync('git', ['clone', '-q', '--no-checkout', gitDirectory, folder])
  return folder
}

function portcullis(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: join(root, 'home'),
      TMPDIR: join(root, 'tmp'),
      // Where Node itself keeps what it compiled.
      NODE_DISABLE_COMPILE_CACHE: '1',
    },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { code: status, out: stdout, err: stderr }
}

/** What was written where only the App and the command line could have. */
function written(): string[] {
  return [...listed(join(root, 'home')), ...listed(join(root, 'tmp'))]
}

function listed(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `${path} ${lstatSync(join(folder, path)).mode} ${lstatSync(join(folder, path)).size}`)
    .toSorted()
}
