import { addComment, editComment } from '../comments.ts'
import type { Account, Comment, PullRequest, Repository } from '../state.ts'
import { commentHappened } from '../webhooks/comment.ts'
import type { World } from '../world.ts'

/** What people say in the conversation of a pull request. */
export class Comments {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  add(repository: Repository, pull: PullRequest, body: string, by: Account): Comment {
    return addComment(this.#world, repository, pull, { author: by, body })
  }

  edit(repository: Repository, comment: Comment, body: string, by: Account): void {
    editComment(this.#world, repository, comment, { body, sender: by })
  }

  delete(repository: Repository, comment: Comment, by: Account): void {
    repository.comments.delete(comment.id)
    commentHappened(this.#world, repository, comment, { action: 'deleted', sender: by })
  }

  /** All of a pull request, oldest first. */
  of(repository: Repository, pull: PullRequest): Comment[] {
    return [...repository.comments.values()].filter(({ number }) => number === pull.number)
  }
}
