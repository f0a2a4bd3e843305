import { isDeepStrictEqual } from 'node:util'

import type { Account, Repository } from '../github-simulator/state.ts'
import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'
import { openDatabase } from '../src/database/database.ts'
import { gates } from '../src/gates/index.ts'
import { Git } from '../src/git/git.ts'
import { openLocal } from '../src/git/local.ts'
import { openGitHubWithToken } from '../src/github/open-with-token.ts'
import { dayOf } from '../src/jobs/app.ts'
import { gatherFacts } from '../src/jobs/gather-facts.ts'
import { judgeByPolicy } from '../src/jobs/judge-by-policy.ts'
import { loadPolicyAt } from '../src/jobs/load-policy.ts'
import type { Facts } from '../src/model/facts.ts'
import type { Verdict } from '../src/model/verdict.ts'
import type { Repository as GitObjects } from '../src/ports/git.ts'
import type { GitHub } from '../src/ports/github.ts'
import { Redacted } from '../src/std/redacted.ts'
import { version } from '../src/std/version.ts'
import { silentLog } from '../src/testing/silent-log.ts'
import { formatFigures } from './figures.ts'

/**
 * Opens the last commits of a repository on disk as pull requests, one after the other, each against its first parent,
 * and compares the App's verdict on each with the one that `portcullis check --facts` gives of the same range.
 */
const [folder = '.', count = '200'] = process.argv.slice(2)
const selected = new Set(['secrets', 'iac', 'signatures', 'reviews'] as const)

interface Opened {
  readonly number: number
  readonly base: string
  readonly head: string
  readonly facts: Facts
}

interface Stage {
  readonly world: World
  readonly repository: Repository
  readonly installation: number
  readonly alice: Account
  readonly github: GitHub
}

const local = await openLocal(folder, new Git({ path: process.env['PATH'] ?? '' }))
const stage = await setStage()
try {
  const tip = await local.resolve('HEAD')
  if (tip === null) throw new Error(`${folder} has no commit`)
  const commits = (await local.commitsOf(tip, '', Number(count) + 1)).toReversed()
  const times: number[] = []
  const opened: Opened[] = []
  for (const [at, head] of commits.slice(1).entries())
    opened.push(await open(stage, { base: commits[at] ?? '', head, at }, times))
  await stage.world.app.stop()
  const differences = await compare(stage, opened)
  const failed = stage.world.app.output.filter((line) => /"level":(?:50|60)/.test(line))
  const notes = [
    `${opened.length} pull requests, ${differences.length} verdicts differ from those of check`,
    `${failed.length} errors in the App's log, ${stage.world.simulator.violations.length} violations at GitHub`,
    ...differences,
    ...failed.slice(0, 5),
  ]
  process.stdout.write(formatFigures(folder, { times: [{ what: 'opened to verdict', ms: times }], notes }))
  if (differences.length + failed.length > 0) process.exitCode = 1
} finally {
  await stage.world.close()
  await local.close()
}

async function setStage(): Promise<Stage> {
  const world = await startWorld()
  const { simulator } = world
  const owner = simulator.people.createOrganization('acme')
  const alice = simulator.people.createUser('alice')
  const repository = await simulator.repositories.create(owner, 'history', { content: { copyOf: folder } })
  simulator.repositories.setCollaborator(repository, alice, 'write', alice)
  const { id: installation } = simulator.installations.install(owner, alice)
  const token = new Redacted(simulator.people.createToken(alice))
  const host = { host: simulator.host, protocol: 'http' } as const
  const github = openGitHubWithToken({ ...host, token, now: Date.now, log: silentLog })
  return { world, repository, installation, alice, github }
}

async function open(
  { world, repository, alice, github }: Stage,
  { base, head, at }: { base: string; head: string; at: number },
  times: number[],
): Promise<Opened> {
  const { simulator } = world
  const branch = `change-${at}`
  await simulator.branches.move(repository, repository.defaultBranch, base, alice)
  await simulator.branches.move(repository, branch, head, alice)
  const isDone = () => simulator.checks.latest(repository, head, 'portcullis')?.status === 'completed'
  const start = performance.now()
  const { number } = await simulator.pullRequests.open(repository, { branch, by: alice })
  await simulator.until(isDone)
  times.push(performance.now() - start)
  const facts = await gatherFacts(github, { owner: 'acme', name: repository.name }, number)
  return { number, base, head, facts }
}

/** One line for each verdict that is missing or another than ours. */
async function compare(
  { world, repository, installation }: Stage,
  opened: readonly Opened[],
): Promise<string[]> {
  const database = await openDatabase({ dataDir: world.dataDir }, { log: silentLog })
  try {
    const key = await database.stores.installations.fingerprintKey(installation)
    const differences: string[] = []
    for (const one of opened) {
      const of = { installation, repository: repository.id, subject: `pull/${one.number}` }
      const row = await database.stores.evaluations.latest(of, 'portcullis')
      const theirs = row === null ? null : withoutMs(row.verdict)
      const ours = withoutMs(await verdictOfCheck(local, one, key))
      if (isDeepStrictEqual(theirs, ours)) continue
      differences.push(
        `${one.head} ${JSON.stringify(theirs)?.slice(0, 2_000)} ${JSON.stringify(ours).slice(0, 2_000)}`,
      )
    }
    return differences
  } finally {
    await database.close()
  }
}

async function verdictOfCheck(objects: GitObjects, opened: Opened, key: Redacted): Promise<Verdict> {
  const { base, head, facts } = opened
  const today = dayOf(new Date())
  const loaded = await loadPolicyAt(objects, base, { organisation: facts.organisationPolicy, today })
  const { verdict, fault } = await judgeByPolicy(
    {
      version,
      gates,
      selected,
      repository: objects,
      range: { base, head },
      facts,
      fingerprintKey: key,
      kept: null,
      today,
      clock: () => performance.now(),
    },
    loaded,
  )
  if (fault !== null) throw fault
  return verdict
}

/** As JSON has it: without what is undefined. */
function withoutMs(verdict: Verdict): unknown {
  return JSON.parse(JSON.stringify(verdict, (name, value: unknown) => (name === 'ms' ? undefined : value)))
}
