import { moveBranch } from '../branches.ts'
import { closePullRequest } from '../branches.ts'
import type { FileChanges, Person } from '../fast-import.ts'
import { fastImport } from '../fast-import.ts'
import { git } from '../git.ts'
import type { Account, Repository } from '../state.ts'
import { pullRequestHappened } from '../webhooks/pull-request.ts'
import { repositoryHappened } from '../webhooks/repository.ts'
import type { World } from '../world.ts'

export interface BranchCommit {
  readonly branch: string
  readonly changes: FileChanges
  readonly message: string
  /** Who pushes. Also the author, unless that is someone else. */
  readonly by: Account
  readonly author?: Person
  readonly committer?: Person
  /** Default: the tip of the branch, else of the default branch. Several make a merge; others than the tip a force push. */
  readonly parents?: readonly string[]
}

/** Pushes. They go past branch rules: someone who may do so can. */
export class Branches {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Makes a commit and pushes it. Returns its id. */
  async commit(repository: Repository, commit: BranchCommit): Promise<string> {
    const { branch, by, changes, message } = commit
    const tip = repository.branches.get(branch) ?? repository.branches.get(repository.defaultBranch)
    const parents = commit.parents ?? (tip === undefined ? [] : [tip])
    const sha = await fastImport(repository.gitDirectory, {
      branch,
      parents,
      changes,
      message,
      author: commit.author ?? by,
      committer: commit.committer ?? commit.author ?? by,
      at: this.#world.clock(),
    })
    await moveBranch(this.#world, repository, { branch, after: sha, sender: by })
    return sha
  }

  /** Points a branch at a commit that is in the repository: a push, forced or not, or a new branch. */
  async move(repository: Repository, branch: string, sha: string, by: Account): Promise<void> {
    await moveBranch(this.#world, repository, { branch, after: sha, sender: by })
  }

  /** Pushes a commit from another repository on disk: signed commits, odd trees, whatever git can make. */
  async pushFrom(
    repository: Repository,
    source: string,
    push: { sha: string; branch: string; by: Account },
  ): Promise<void> {
    const { sha, branch, by } = push
    const args = ['-c', 'uploadpack.allowAnySHA1InWant=true', 'fetch', '--quiet', '--no-tags', source, sha]
    await git(repository.gitDirectory, args)
    await moveBranch(this.#world, repository, { branch, after: sha, sender: by })
  }

  /** Closes the pull requests that come from it, or go to it. */
  async delete(repository: Repository, branch: string, by: Account): Promise<void> {
    await moveBranch(this.#world, repository, { branch, after: null, sender: by })
    for (const pull of repository.pullRequests.values())
      if (pull.base === branch && pull.state === 'open')
        await closePullRequest(this.#world, repository, pull, by)
  }

  /** Pull requests to it follow; those from it are closed, as at GitHub. */
  async rename(
    repository: Repository,
    { from, to, by }: { from: string; to: string; by: Account },
  ): Promise<void> {
    const sha = repository.branches.get(from)
    if (sha === undefined) throw new Error(`no branch ${from} to rename`)
    await moveBranch(this.#world, repository, { branch: to, after: sha, sender: by })
    if (repository.defaultBranch === from) await this.setDefault(repository, to, by)
    for (const pull of repository.pullRequests.values()) {
      if (pull.base !== from || pull.state !== 'open') continue
      pull.base = to
      const extra = { changes: { base: { ref: { from }, sha: { from: pull.baseSha } } } }
      await pullRequestHappened(this.#world, repository, pull, { action: 'edited', sender: by, extra })
    }
    await moveBranch(this.#world, repository, { branch: from, after: null, sender: by })
  }

  async setDefault(repository: Repository, branch: string, by: Account): Promise<void> {
    const changes = { default_branch: { from: repository.defaultBranch } }
    repository.defaultBranch = branch
    await git(repository.gitDirectory, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`])
    repositoryHappened(this.#world, repository, { action: 'edited', sender: by, changes })
  }
}
