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
  const fleets: Fleet[] = []
  try {
    for (const files of sizes) fleets.push(await foundFleet(files))
    for (const fleet of fleets) await openAll(fleet)
    const pushes = await measure(fleets)
    const times = fleets.flatMap((fleet) => timesOf(fleet, pushes.get(fleet) ?? []))
    const [small = Number.NaN, , large = Number.NaN] = times.map(({ ms }) => quantile(ms, 0.5))
    return { times, notes: [`${sizes[1]} files take ${(large / small).toFixed(2)} times as long.`] }
  } finally {
    for (const { world } of fleets) await world.close()
  }
}

function timesOf({ files }: Fleet, pushes: readonly Push[]): Times[] {
  return [
    {
      what: `${files} files: webhook to verdict, the App alone`,
      ms: pushes.map(({ allMs, simulatorMs }) => allMs - simulatorMs),
    },
    {
      what: `${files} files: the simulator at work meanwhile`,
      ms: pushes.map(({ simulatorMs }) => simulatorMs),
    },
  ]
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
  readonly pulls: PullRequest[]
}

async function foundFleet(files: number): Promise<Fleet> {
  const world = await startWorld()
  const { simulator } = world
  const owner = simulator.people.createOrganization('acme')
  const alice = simulator.people.createUser('alice')
  const content = { files: manifestTree(files) }
  const repository = await simulator.repositories.create(owner, 'fleet', { content })
  simulator.installations.install(owner, alice)
  return { world, repository, alice, files, pulls: [] }
}

/** One for each push: evaluations of one pull request rest for three seconds. */
async function openAll(fleet: Fleet): Promise<void> {
  for (let at = 0; at < warming + measured; at += 1) fleet.pulls.push(await open(fleet, at))
  await idle(fleet.world)
}

/** By turns, so that what else the machine does falls on both sizes alike. */
async function measure(fleets: readonly Fleet[]): Promise<Map<Fleet, Push[]>> {
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const pushes = new Map<Fleet, Push[]>(fleets.map((fleet) => [fleet, []]))
  for (let at = 0; at < warming + measured; at += 1) {
    for (const [fleet, done] of pushes) {
      const pull = fleet.pulls[at]
      if (pull === undefined) throw new Error('a pull request is missing')
      const one = await pushTo(fleet, pull, at)
      if (at >= warming) done.push(one)
    }
  }
  for (const { world } of fleets) {
    const { violations } = world.simulator
    if (violations.length > 0) throw new Error(JSON.stringify(violations))
  }
  return pushes
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
