import { notFound, Refusal } from './answer.ts'
import type { Caller } from './authentication.ts'
import type { Needed, OperationName } from './operations.ts'
import { operations } from './operations.ts'
import { isAtLeast, roleOf } from './roles.ts'
import type { Permissions, Repository } from './state.ts'
import type { Violation, World } from './world.ts'

/**
 * Throws a `Refusal` unless the caller may use this operation. What the App's manifest does not ask for is a mistake in
 * the manifest or in the App, so it is recorded as a violation too.
 */
export function authorize(world: World, name: OperationName, caller: Caller): void {
  const access = operations[name]
  if (access.by === 'app') {
    if (caller.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded')
    return
  }
  if (caller.kind === 'app') throw new Refusal(403, 'Resource not accessible by integration')
  if (caller.kind === 'person' || access.anyOf.length === 0) return
  if (!access.anyOf.some((needed) => isGranted(world.app.permissions, needed))) {
    world.violations.push(missing(name, access.anyOf))
    throw new Refusal(403, 'Resource not accessible by integration')
  }
  if (!access.anyOf.some((needed) => isGranted(caller.token.permissions, needed)))
    throw new Refusal(403, 'Resource not accessible by integration')
}

/** The repository, if the caller may see it. GitHub does not tell one that is hidden from one that does not exist. */
export function visibleRepository(world: World, caller: Caller, fullName: string): Repository {
  const id = world.state.names.get(fullName.toLowerCase())
  const repository = id === undefined ? undefined : world.state.repositories.get(id)
  if (repository === undefined || repository.isDeleted || !maySee(world, caller, repository)) throw notFound()
  return repository
}

/** The same; one that is public is seen by every caller, wherever the App is installed. */
export function publicRepository(world: World, caller: Caller, fullName: string): Repository {
  const id = world.state.names.get(fullName.toLowerCase())
  const repository = id === undefined ? undefined : world.state.repositories.get(id)
  if (repository !== undefined && !repository.isDeleted && !repository.isPrivate) return repository
  return visibleRepository(world, caller, fullName)
}

function maySee(world: World, caller: Caller, repository: Repository): boolean {
  if (caller.kind === 'app') return true
  if (caller.kind === 'person') return isAtLeast(roleOf(repository, caller.account), 'read')
  return isCovered(world, caller.token.installation, caller.token.repositories, repository)
}

/** Whether an installation, or a token narrowed to some repositories, reaches this one. */
export function isCovered(
  world: World,
  installationId: number,
  narrowed: ReadonlySet<number> | null,
  repository: Repository,
): boolean {
  const installation = world.state.installations.get(installationId)
  if (installation === undefined || installation.account !== repository.owner) return false
  if (installation.selected !== null && !installation.selected.has(repository.id)) return false
  return narrowed === null || narrowed.has(repository.id)
}

export function isGranted(permissions: Permissions, { permission, access }: Needed): boolean {
  const given = permissions[permission]
  // Every App may read metadata.
  if (permission === 'metadata' && access === 'read') return true
  return given === 'write' || given === 'admin' || given === access
}

function missing(operation: OperationName, anyOf: readonly Needed[]): Violation {
  const wanted = anyOf.map(({ permission, access }) => `${permission}: ${access}`).join(' or ')
  return { kind: 'permission', operation, message: `the manifest does not ask for ${wanted}` }
}
