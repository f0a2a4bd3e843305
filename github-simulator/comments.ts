import type { Account, Comment, PullRequest, Repository } from './state.ts'
import { commentHappened } from './webhooks/comment.ts'
import type { World } from './world.ts'
import { nextId } from './world.ts'

/** Says something in the conversation of a pull request. */
export function addComment(
  world: World,
  repository: Repository,
  pull: PullRequest,
  { author, body }: { author: Account; body: string },
): Comment {
  const comment: Comment = {
    id: nextId(world),
    number: pull.number,
    author,
    byApp: author === world.app.bot,
    body,
    reactions: [],
    createdAt: world.clock(),
    updatedAt: world.clock(),
  }
  repository.comments.set(comment.id, comment)
  commentHappened(world, repository, comment, { action: 'created', sender: author })
  return comment
}

export function editComment(
  world: World,
  repository: Repository,
  comment: Comment,
  { body, sender }: { body: string; sender: Account },
): void {
  const bodyBefore = comment.body
  comment.body = body
  comment.updatedAt = world.clock()
  commentHappened(world, repository, comment, { action: 'edited', sender, bodyBefore })
}
