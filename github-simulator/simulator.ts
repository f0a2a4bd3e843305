import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Changes } from './changes.ts'
import { Branches } from './control/branches.ts'
import { Checks } from './control/checks.ts'
import { Comments } from './control/comments.ts'
import { Installations } from './control/installations.ts'
import { createAccount, People } from './control/people.ts'
import { Protection } from './control/protection.ts'
import { PullRequests } from './control/pull-requests.ts'
import { Repositories } from './control/repositories.ts'
import { Deliveries } from './deliveries.ts'
import { Quota } from './quota.ts'
import type { LoggedRequest } from './request-log.ts'
import type { RestParts } from './rest.ts'
import { createRouter } from './router.ts'
import type { ServerParts } from './server.ts'
import { listen } from './server.ts'
import type { Permissions } from './state.ts'
import { emptyState } from './state.ts'
import { githubDescription } from './validation.ts'
import type { Violation, World } from './world.ts'
import { nextId } from './world.ts'

export interface SimulatorOptions {
  readonly appId: number
  /** PEM; the App signs its JWTs with the private key that belongs to it. */
  readonly publicKey: string
  readonly webhookSecret: string
  /** As app.yml asks for them. */
  readonly permissions: Permissions
  readonly events: readonly string[]
  /** Default `portcullis`. */
  readonly slug?: string
  /** What the simulated GitHub takes for the time. */
  readonly clock?: () => Date
}

/** A GitHub on the loopback interface: HTTP for the App, methods for whoever plays the people around it. */
export class Simulator {
  /** Each REST call and each request of git, in the order in which they were answered. */
  readonly requests: LoggedRequest[] = []
  readonly people: People
  readonly repositories: Repositories
  readonly branches: Branches
  readonly pullRequests: PullRequests
  readonly comments: Comments
  readonly checks: Checks
  readonly protection: Protection
  readonly installations: Installations
  readonly quota: Quota
  /** Asked before each answer to an authenticated call. A test that gives an answer here gets a fault. */
  fault: RestParts['fault'] = () => null
  readonly #world: World
  readonly #server: Server

  constructor(world: World, server: Server) {
    this.#world = world
    this.#server = server
    this.people = new People(world)
    this.repositories = new Repositories(world)
    this.branches = new Branches(world)
    this.pullRequests = new PullRequests(world)
    this.comments = new Comments(world)
    this.checks = new Checks(world)
    this.protection = new Protection(world)
    this.installations = new Installations(world)
    this.quota = new Quota(world.clock)
  }

  /** `http://127.0.0.1:PORT`. */
  get origin(): string {
    return this.#world.origin
  }

  /** `127.0.0.1:PORT`, for GHE_HOST. */
  get host(): string {
    return new URL(this.origin).host
  }

  get deliveries(): Deliveries {
    return this.#world.deliveries
  }

  /** Calls that GitHub would not have taken, or answers that it would not have given. A test expects none. */
  get violations(): readonly Violation[] {
    return this.#world.violations
  }

  /** The account under whose name the App comments. */
  get bot(): World['app']['bot'] {
    return this.#world.app.bot
  }

  /** Resolves when something holds that requests or deliveries bring about. Asked after each of them. */
  until(isTrue: () => boolean): Promise<void> {
    return this.#world.changes.until(isTrue)
  }

  async close(): Promise<void> {
    await this.deliveries.close()
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
    this.#world.changes.close()
    await rm(this.#world.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Starts a simulated GitHub. It knows the App under test, and nothing else yet. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const description = githubDescription()
  const router = createRouter(description)
  let simulator: Simulator | undefined
  const parts = (): ServerParts => {
    if (simulator === undefined) throw new Error('a request came before the simulator was ready')
    const { requests, quota, fault } = simulator
    return { world, description, router, quota, fault, log: (request) => void requests.push(request) }
  }
  const { server, origin } = await listen(parts)
  const world = createWorld(options, origin, await mkdtemp(join(tmpdir(), 'github-simulator-')))
  simulator = new Simulator(world, server)
  return simulator
}

function createWorld(options: SimulatorOptions, origin: string, folder: string): World {
  const { appId, webhookSecret, publicKey, permissions, events, slug = 'portcullis' } = options
  const clock = options.clock ?? (() => new Date())
  const state = emptyState()
  const changes = new Changes()
  const newId = () => nextId({ state })
  return {
    state,
    clock,
    folder,
    origin,
    changes,
    violations: [],
    deliveries: new Deliveries({ appId, webhookSecret, clock, changes, nextId: newId }),
    app: {
      id: appId,
      slug,
      name: slug,
      owner: createAccount({ state, clock }, `${slug}-owner`, 'Organization'),
      bot: createAccount({ state, clock }, `${slug}[bot]`, 'Bot'),
      clientId: `Iv23li${String(appId).padStart(14, '0')}`,
      permissions,
      events,
      publicKey,
      createdAt: clock(),
    },
  }
}
