import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { copyBare, createBare, readBranches, readFolder } from '../bare-repository.ts'
import type { FileChanges, Person } from '../fast-import.ts'
import { fastImport } from '../fast-import.ts'
import type { Account, Repository, Role, Team } from '../state.ts'
import { accountView } from '../views/account.ts'
import { fullName } from '../views/repository.ts'
import { reachChanged } from '../webhooks/installation.ts'
import { memberHappened, teamHappened } from '../webhooks/people.ts'
import { repositoryHappened } from '../webhooks/repository.ts'
import type { World } from '../world.ts'
import { nextId } from '../world.ts'

/** Where the content of a new repository comes from. */
export type Content =
  | { readonly files: FileChanges }
  | { readonly folder: string }
  /** A repository on disk, bare or not; it is copied. */
  | { readonly copyOf: string }
  | { readonly isEmpty: true }

export interface NewRepository {
  readonly content: Content
  readonly isPrivate?: boolean
  readonly defaultBranch?: string
  readonly objectFormat?: 'sha1' | 'sha256'
  readonly author?: Person
}

/** Repositories as a whole, and who may do what in them. */
export class Repositories {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  async create(owner: Account, name: string, wanted: NewRepository): Promise<Repository> {
    const { content, defaultBranch = 'main', objectFormat = 'sha1', author = owner } = wanted
    const { id, gitDirectory } = await this.#place()
    if ('copyOf' in content) await copyBare(content.copyOf, gitDirectory)
    else await createBare(gitDirectory, { branch: defaultBranch, objectFormat })
    const changes =
      'files' in content ? content.files : 'folder' in content ? await readFolder(content.folder) : null
    if (changes !== null) {
      const commit = {
        branch: defaultBranch,
        parents: [],
        changes,
        author,
        message: 'Begin',
        at: this.#world.clock(),
      }
      await fastImport(gitDirectory, commit)
    }
    return this.#add({ id, owner, name, isPrivate: wanted.isPrivate ?? true, forkOf: null, gitDirectory })
  }

  /** A fork, with all branches, under the same name. */
  async fork(repository: Repository, owner: Account): Promise<Repository> {
    const { id, gitDirectory } = await this.#place()
    await copyBare(repository.gitDirectory, gitDirectory)
    const { name, isPrivate } = repository
    return this.#add({ id, owner, name, isPrivate, forkOf: repository, gitDirectory })
  }

  /** The old name keeps leading here, as at GitHub. */
  rename(repository: Repository, name: string, sender: Account): void {
    const from = repository.name
    repository.name = name
    this.#named(repository)
    const changes = { repository: { name: { from } } }
    repositoryHappened(this.#world, repository, { action: 'renamed', sender, changes })
  }

  transfer(repository: Repository, owner: Account, sender: Account): void {
    const before = repository.owner
    repository.owner = owner
    this.#named(repository)
    for (const installation of this.#world.state.installations.values()) {
      if (installation.account !== before) continue
      installation.selected?.delete(repository.id)
      reachChanged(this.#world, installation, { action: 'removed', repositories: [repository], sender })
    }
    const kind = before.kind === 'Organization' ? 'organization' : 'user'
    const changes = { owner: { from: { [kind]: accountView(this.#world, before) } } }
    repositoryHappened(this.#world, repository, { action: 'transferred', sender, changes })
  }

  archive(repository: Repository, sender: Account): void {
    repository.isArchived = true
    repositoryHappened(this.#world, repository, { action: 'archived', sender })
  }

  delete(repository: Repository, sender: Account): void {
    repository.isDeleted = true
    repositoryHappened(this.#world, repository, { action: 'deleted', sender })
  }

  setCollaborator(repository: Repository, member: Account, role: Role, sender: Account): void {
    const login = member.login.toLowerCase()
    const before = repository.collaborators.get(login)
    repository.collaborators.set(login, role)
    const changes =
      before === undefined
        ? { permission: { to: role } }
        : { old_permission: { from: before }, permission: { from: before, to: role } }
    const action = before === undefined ? 'added' : 'edited'
    memberHappened(this.#world, repository, { action, member, changes, sender })
  }

  removeCollaborator(repository: Repository, member: Account, sender: Account): void {
    repository.collaborators.delete(member.login.toLowerCase())
    memberHappened(this.#world, repository, { action: 'removed', member, sender })
  }

  /** Null takes the right away. */
  setTeam(repository: Repository, team: Team, role: Role | null, sender: Account): void {
    if (role === null) repository.teams.delete(team.id)
    else repository.teams.set(team.id, role)
    const action = role === null ? 'removed_from_repository' : 'added_to_repository'
    teamHappened(this.#world, team, { action, repository, sender })
  }

  async #place(): Promise<{ id: number; gitDirectory: string }> {
    const id = nextId(this.#world)
    const folder = join(this.#world.folder, 'repositories')
    await mkdir(folder, { recursive: true })
    return { id, gitDirectory: join(folder, `${id}.git`) }
  }

  async #add(
    about: Pick<Repository, 'id' | 'owner' | 'name' | 'isPrivate' | 'forkOf' | 'gitDirectory'>,
  ): Promise<Repository> {
    const { branches, head } = await readBranches(about.gitDirectory)
    const repository: Repository = {
      ...about,
      defaultBranch: head,
      isArchived: false,
      isDeleted: false,
      branches,
      commits: new Map(),
      activity: [],
      collaborators: new Map(),
      teams: new Map(),
      rulesets: [],
      protections: [],
      pullRequests: new Map(),
      comments: new Map(),
      checkSuites: [],
      checkRuns: [],
      createdAt: this.#world.clock(),
      pushedAt: this.#world.clock(),
    }
    this.#world.state.repositories.set(repository.id, repository)
    this.#named(repository)
    repositoryHappened(this.#world, repository, { action: 'created', sender: repository.owner })
    return repository
  }

  #named(repository: Repository): void {
    this.#world.state.names.set(fullName(repository).toLowerCase(), repository.id)
  }
}
