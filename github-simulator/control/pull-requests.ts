import { closePullRequest } from '../branches.ts'
import { mergePullRequest } from '../merge.ts'
import { openPullRequest } from '../open-pull-request.ts'
import type { Account, PullRequest, Repository, Review } from '../state.ts'
import { labelView } from '../views/pull-request.ts'
import { pullRequestHappened, reviewHappened } from '../webhooks/pull-request.ts'
import type { World } from '../world.ts'
import { nextId } from '../world.ts'

/** Pull requests and their reviews. */
export class PullRequests {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** From a branch of the repository itself, or of a fork. */
  async open(
    repository: Repository,
    wanted: {
      branch: string
      by: Account
      from?: Repository
      base?: string
      title?: string
      body?: string
      isDraft?: boolean
    },
  ): Promise<PullRequest> {
    const { branch, by, from = repository, base = repository.defaultBranch } = wanted
    return openPullRequest(this.#world, repository, {
      head: { repository: from, branch },
      base,
      title: wanted.title ?? branch,
      body: wanted.body ?? null,
      isDraft: wanted.isDraft ?? false,
      author: by,
    })
  }

  /** A new title or text, or another base branch. */
  async edit(
    repository: Repository,
    pull: PullRequest,
    { by, ...to }: { by: Account; title?: string; body?: string; base?: string },
  ): Promise<void> {
    const changes = {
      ...(to.title === undefined ? {} : { title: { from: pull.title } }),
      ...(to.body === undefined ? {} : { body: { from: pull.body } }),
      ...(to.base === undefined ? {} : { base: { ref: { from: pull.base }, sha: { from: pull.baseSha } } }),
    }
    pull.title = to.title ?? pull.title
    pull.body = to.body ?? pull.body
    pull.base = to.base ?? pull.base
    pull.baseSha = repository.branches.get(pull.base) ?? pull.baseSha
    await this.#happened(repository, pull, { action: 'edited', sender: by, extra: { changes } })
  }

  async close(repository: Repository, pull: PullRequest, by: Account): Promise<void> {
    await closePullRequest(this.#world, repository, pull, by)
  }

  async reopen(repository: Repository, pull: PullRequest, by: Account): Promise<void> {
    pull.state = 'open'
    pull.closedAt = null
    await this.#happened(repository, pull, { action: 'reopened', sender: by })
  }

  async setDraft(repository: Repository, pull: PullRequest, isDraft: boolean, by: Account): Promise<void> {
    pull.isDraft = isDraft
    const action = isDraft ? 'converted_to_draft' : 'ready_for_review'
    await this.#happened(repository, pull, { action, sender: by })
  }

  async addLabel(repository: Repository, pull: PullRequest, name: string, by: Account): Promise<void> {
    pull.labels.add(name)
    const extra = { label: labelView(this.#world, repository, name) }
    await this.#happened(repository, pull, { action: 'labeled', sender: by, extra })
  }

  async removeLabel(repository: Repository, pull: PullRequest, name: string, by: Account): Promise<void> {
    pull.labels.delete(name)
    const extra = { label: labelView(this.#world, repository, name) }
    await this.#happened(repository, pull, { action: 'unlabeled', sender: by, extra })
  }

  /** Throws the `Refusal` that GitHub would answer, unless the rules are bypassed. Returns the merge commit. */
  async merge(
    repository: Repository,
    pull: PullRequest,
    {
      by,
      method = 'merge',
      bypassesRules = false,
    }: { by: Account; method?: 'merge' | 'squash'; bypassesRules?: boolean },
  ): Promise<string> {
    return mergePullRequest(this.#world, repository, pull, { by, method, bypassesRules })
  }

  /** A review of the current head. */
  review(
    repository: Repository,
    pull: PullRequest,
    {
      by,
      state,
      body = '',
    }: { by: Account; state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED'; body?: string },
  ): Review {
    if (by === pull.author && state !== 'COMMENTED') throw new Error('nobody reviews their own pull request')
    const submittedAt = this.#world.clock()
    const review = { id: nextId(this.#world), author: by, body, state, commit: pull.headSha, submittedAt }
    pull.reviews.push(review)
    pull.updatedAt = submittedAt
    reviewHappened(this.#world, repository, pull, { action: 'submitted', review, sender: by })
    return review
  }

  approve(repository: Repository, pull: PullRequest, by: Account): Review {
    return this.review(repository, pull, { by, state: 'APPROVED' })
  }

  requestChanges(repository: Repository, pull: PullRequest, by: Account): Review {
    return this.review(repository, pull, { by, state: 'CHANGES_REQUESTED', body: 'Please change this.' })
  }

  dismiss(repository: Repository, pull: PullRequest, review: Review, by: Account): void {
    review.state = 'DISMISSED'
    reviewHappened(this.#world, repository, pull, { action: 'dismissed', review, sender: by })
  }

  async #happened(
    repository: Repository,
    pull: PullRequest,
    about: { action: string; sender: Account; extra?: object },
  ): Promise<void> {
    pull.updatedAt = this.#world.clock()
    await pullRequestHappened(this.#world, repository, pull, about)
  }
}
