import type { Changes } from './changes.ts'
import type { Deliveries } from './deliveries.ts'
import type { Account, AppIdentity, Permissions, State } from './state.ts'

/** What every part of the simulator works on. */
export interface World {
  readonly state: State
  readonly app: AppUnderTest
  readonly clock: () => Date
  /** Everything on disk is below it. */
  readonly folder: string
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  readonly deliveries: Deliveries
  readonly changes: Changes
  readonly violations: Violation[]
}

/** The App as its manifest and its settings page describe it. */
export interface AppUnderTest extends AppIdentity {
  readonly owner: Account
  /** The account under whose name the App comments. */
  readonly bot: Account
  readonly clientId: string
  readonly permissions: Permissions
  readonly events: readonly string[]
  /** PEM. */
  readonly publicKey: string
  readonly createdAt: Date
}

/** Something that GitHub would not have accepted, or that we answered and GitHub would not have. */
export interface Violation {
  readonly kind: 'unknown-operation' | 'request' | 'answer' | 'permission'
  /** `METHOD /route`, and the path where the route is not known. */
  readonly operation: string
  readonly message: string
}

export function nextId(world: { readonly state: State }): number {
  world.state.lastId += 1
  return world.state.lastId
}

/** GitHub's times have no fractions of seconds. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

/** Opaque, as GitHub's are; made of what it names so that two answers agree. */
export function nodeId(kind: string, id: number | string): string {
  return Buffer.from(`${kind}:${id}`).toString('base64url')
}
