import type { Account, Installation, Permissions, Repository } from '../state.ts'
import { installationHappened, reachChanged } from '../webhooks/installation.ts'
import type { World } from '../world.ts'
import { nextId } from '../world.ts'

/** Where the App is installed, and its tokens. */
export class Installations {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Installs the App on an account: on all its repositories, or on some. */
  install(account: Account, sender: Account, repositories?: readonly Repository[]): Installation {
    const installation: Installation = {
      id: nextId(this.#world),
      account,
      permissions: this.#world.app.permissions,
      events: this.#world.app.events,
      selected: repositories === undefined ? null : new Set(repositories.map(({ id }) => id)),
      suspendedAt: null,
      createdAt: this.#world.clock(),
      updatedAt: this.#world.clock(),
    }
    this.#world.state.installations.set(installation.id, installation)
    installationHappened(this.#world, installation, { action: 'created', sender })
    return installation
  }

  uninstall(installation: Installation, sender: Account): void {
    this.#world.state.installations.delete(installation.id)
    installationHappened(this.#world, installation, { action: 'deleted', sender })
  }

  suspend(installation: Installation, sender: Account): void {
    installation.suspendedAt = this.#world.clock()
    installationHappened(this.#world, installation, { action: 'suspend', sender })
  }

  unsuspend(installation: Installation, sender: Account): void {
    installation.suspendedAt = null
    installationHappened(this.#world, installation, { action: 'unsuspend', sender })
  }

  addRepositories(installation: Installation, repositories: readonly Repository[], sender: Account): void {
    for (const { id } of repositories) installation.selected?.add(id)
    reachChanged(this.#world, installation, { action: 'added', repositories, sender })
  }

  removeRepositories(installation: Installation, repositories: readonly Repository[], sender: Account): void {
    for (const { id } of repositories) installation.selected?.delete(id)
    reachChanged(this.#world, installation, { action: 'removed', repositories, sender })
  }

  /** What the owner of the account has agreed to, where that is not (yet) what the manifest asks for. */
  setPermissions(installation: Installation, permissions: Permissions, sender: Account): void {
    installation.permissions = permissions
    installation.updatedAt = this.#world.clock()
    installationHappened(this.#world, installation, { action: 'new_permissions_accepted', sender })
  }

  /** Every token of the installation stops working, as if it had expired early. */
  revokeTokens(installation: Installation): void {
    for (const [token, of] of this.#world.state.installationTokens)
      if (of.installation === installation.id) this.#world.state.installationTokens.delete(token)
  }
}
