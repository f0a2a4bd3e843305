import { emit } from '../emit.ts'
import type { Account, Repository } from '../state.ts'
import type { World } from '../world.ts'

/** `repository`: it was created, renamed, transferred, archived, deleted. `changes` says what it was before. */
export function repositoryHappened(
  world: World,
  repository: Repository,
  about: { action: string; sender: Account; changes?: object },
): void {
  const { action, sender, changes } = about
  emit(world, {
    event: 'repository',
    action,
    repository,
    sender,
    payload: changes === undefined ? {} : { changes },
  })
}
