import { z } from 'zod'

import type { Answer } from '../answer.ts'
import { created, notFound, ok, Refusal, unprocessable } from '../answer.ts'
import type { Call } from '../call.ts'
import { addComment, editComment } from '../comments.ts'
import type { Comment, PullRequest, Repository } from '../state.ts'
import { accountView } from '../views/account.ts'
import { commentView } from '../views/comment.ts'
import { nextId, nodeId, timestamp } from '../world.ts'
import type { Endpoints } from './handler.ts'

/** What is said in the conversation of a pull request, and reactions to it. */
export const commentEndpoints = {
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': (call) => {
    const repository = call.repository()
    const { number } = pullRequestOf(call, repository)
    const since = new Date(call.option('since') ?? 0)
    const found = [...repository.comments.values()].filter(
      (one) => one.number === number && one.updatedAt >= since,
    )
    return { items: found.map((one) => commentView(call.world, repository, one)) }
  },

  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': (call) => {
    const repository = call.repository()
    const { body } = call.body(Body)
    const pull = pullRequestOf(call, repository)
    if (repository.isArchived) throw new Refusal(403, 'Repository was archived so is read-only.')
    refuseLength(body)
    const comment = addComment(call.world, repository, pull, { author: call.actor(), body })
    return created(commentView(call.world, repository, comment))
  },

  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': (call) => {
    const repository = call.repository()
    return ok(commentView(call.world, repository, commentOf(call, repository)))
  },

  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': (call) => {
    const repository = call.repository()
    const comment = commentOf(call, repository)
    const { body } = call.body(Body)
    refuseLength(body)
    editComment(call.world, repository, comment, { body, sender: call.actor() })
    return ok(commentView(call.world, repository, comment))
  },

  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': react,
} satisfies Endpoints

const Body = z.object({ body: z.string() })
const Reaction = z.object({ content: z.string() })

/** GitHub's limit for a comment, in characters. */
const mostCharacters = 65_536

function refuseLength(body: string): void {
  if (body.length > mostCharacters)
    throw unprocessable('Body is too long (maximum is 65536 characters)', 'body')
  if (body.trim() === '') throw unprocessable("Body can't be blank", 'body')
}

function pullRequestOf(call: Call, repository: Repository): PullRequest {
  const pull = repository.pullRequests.get(call.number('issue_number'))
  if (pull === undefined) throw notFound()
  return pull
}

function commentOf(call: Call, repository: Repository): Comment {
  const comment = repository.comments.get(call.number('comment_id'))
  if (comment === undefined) throw notFound()
  return comment
}

/** 200 instead of 201 where the same account reacted the same way before. */
function react(call: Call): Answer {
  const { world } = call
  const comment = commentOf(call, call.repository())
  const { content } = call.body(Reaction)
  const author = call.actor()
  const known = comment.reactions.find((one) => one.content === content && one.author === author)
  const reaction = known ?? { id: nextId(world), content, author, at: world.clock() }
  if (known === undefined) comment.reactions.push(reaction)
  return {
    status: known === undefined ? 201 : 200,
    body: {
      id: reaction.id,
      node_id: nodeId('Reaction', reaction.id),
      user: accountView(world, author),
      content,
      created_at: timestamp(reaction.at),
    },
  }
}
