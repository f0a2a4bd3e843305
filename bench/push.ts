import { busyMs } from '../github-simulator/request-log.ts'
import type { Account, PullRequest, Repository } from '../github-simulator/state.ts'
import { startWorld } from '../harness/world.ts'
import type { World } from '../harness/world.ts'
import type { Figures, Times } from './figures.ts'
import { quantile } from './figures.ts'
import { manifest, manifestPath, manifestTree } from './manifest-tree.ts'

const sizes = [10_000, 100_000] as const
const measured = 20
/** The first pushes compile what the others run. */
const warming = 12

/**
 * From the sending of the webhooks of a push of 3 files to a pull request until the finished check run reaches GitHub,
 * through the whole App. The time in which the simulated GitHub was at work meanwhile is left out.
 */
export async function push(): Promise<Figures> {
  const times: Times[] = []
  const medians: number[] = []
  for (const files of sizes) {
    const pushes = await measure(files)
    const own = pushes.map(({ allMs, simulatorMs }) => allMs - simulatorMs)
    medians.push(quantile(own, 0.5))
    times.push({ what: `${files} files: webhook to verdict, the App alone`, ms: own })
    times.push({
      what: `${files} files: the simulator at work meanwhile`,
      ms: pushes.map(({ simulatorMs }) => simulatorMs),
    })
  }
  const [small = Number.NaN, large = Number.NaN] = medians
  return { times, notes: [`${sizes[1]} files take ${(large / small).toFixed(2)} times as long.`] }
}

interface Push {
  readonly allMs: number
  readonly simulatorMs: number
}

interface Fleet {
  readonly world: World
  readonly repository: Repository
  readonly alice: Account
  readonly files: number
}

async function measure(files: number): Promise<Push[]> {
  const world = await startWorld()
  try {
    const { simulator } = world
    const owner = simulator.people.createOrganization('acme')
    const alice = simulator.people.createUser('alice')
    const content = { files: manifestTree(files) }
    const repository = await simulator.repositories.create(owner, 'fleet', { content })
    simulator.installations.install(owner, alice)
    const fleet = { world, repository, alice, files }
    // One each: evaluations of one pull request rest for three seconds.
    const pulls: PullRequest[] = []
    for (let at = 0; at < warming + measured; at += 1) pulls.push(await open(fleet, at))
    await idle(world)
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const pushes: Push[] = []
    for (const [at, pull] of pulls.entries()) pushes.push(await pushTo(fleet, pull, at))
    if (simulator.violations.length > 0) throw new Error(JSON.stringify(simulator.violations))
    return pushes.slice(warming)
  } finally {
    await world.close()
  }
}

async function open({ world, repository, alice, files }: Fleet, at: number): Promise<PullRequest> {
  const { simulator } = world
  const branch = `change-${at}`
  const changes = changesAt(files, at, 1)
  await simulator.branches.commit(repository, { branch, changes, message: 'Begin', by: alice })
  const pull = await simulator.pullRequests.open(repository, { branch, by: alice })
  await verdictOn(world, repository, pull)
  return pull
}

async function pushTo(
  { world, repository, alice, files }: Fleet,
  pull: PullRequest,
  at: number,
): Promise<Push> {
  const { simulator } = world
  const changes = changesAt(files, at, 2)
  simulator.deliveries.hold()
  await simulator.branches.commit(repository, {
    branch: `change-${at}`,
    changes,
    message: 'Change',
    by: alice,
  })
  const before = simulator.requests.length
  const start = performance.now()
  // The push itself, its check suite and the pull request: GitHub sends them side by side.
  const sent = Promise.all(simulator.deliveries.held.map((delivery) => simulator.deliveries.send(delivery)))
  await verdictOn(world, repository, pull)
  await sent
  await simulator.deliveries.resume()
  await idle(world)
  const requests = simulator.requests.slice(before)
  const posted = requests.find(
    ({ method, route, path }) => method === 'POST' && `${route}${path}`.includes('check-runs'),
  )
  if (posted === undefined) throw new Error('no check run was written')
  const until = posted.startedMs
  const meanwhile = requests
    .filter(({ startedMs }) => startedMs < until)
    .map(({ startedMs, endedMs }) => ({ startedMs, endedMs: Math.min(endedMs, until) }))
  if (process.env['BENCH_TRACE'] !== undefined) trace(requests, start)
  return { allMs: until - start, simulatorMs: busyMs(meanwhile) }
}

function trace(requests: World['simulator']['requests'], start: number): void {
  for (const { method, path, status, startedMs, endedMs } of requests)
    process.stderr.write(
      `${(startedMs - start).toFixed(1)}-${(endedMs - start).toFixed(1)} ${method} ${path} ${status}\n`,
    )
  process.stderr.write('\n')
}

function changesAt(files: number, at: number, changes: number): Record<string, string> {
  const touched = [at, Math.floor(files / 2) + at * 100, files - 1 - at * 7]
  return Object.fromEntries(touched.map((file) => [manifestPath(file), manifest(file, changes)]))
}

function verdictOn({ simulator }: World, repository: Repository, pull: PullRequest): Promise<void> {
  return simulator.until(
    () => simulator.checks.latest(repository, pull.headSha, 'portcullis')?.status === 'completed',
  )
}

/** Until no job has ended for a while, so that one push does not disturb the next. */
async function idle({ simulator, app }: World): Promise<void> {
  await simulator.deliveries.settled()
  for (;;) {
    const seen = [app.output.length, simulator.requests.length].join()
    await new Promise((resolve) => setTimeout(resolve, 150))
    if ([app.output.length, simulator.requests.length].join() === seen) return
  }
}
