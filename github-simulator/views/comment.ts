import { associationOf } from '../roles.ts'
import type { Comment, Repository } from '../state.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'
import { accountView, appView } from './account.ts'
import { repositoryApi, repositoryPage } from './repository.ts'

export const reactionNames = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'] as const

/** `issue-comment`: what is said in the conversation of a pull request. */
export function commentView(world: World, repository: Repository, comment: Comment) {
  const api = repositoryApi(world, repository)
  const url = `${api}/issues/comments/${comment.id}`
  const counts: [string, number][] = reactionNames.map((name) => [
    name,
    comment.reactions.filter((one) => one.content === name).length,
  ])
  return {
    url,
    html_url: `${repositoryPage(world, repository)}/pull/${comment.number}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.number}`,
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    user: accountView(world, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    author_association: associationOf(repository, comment.author),
    body: comment.body,
    reactions: {
      url: `${url}/reactions`,
      total_count: comment.reactions.length,
      ...Object.fromEntries(counts),
    },
    performed_via_github_app: comment.byApp ? appView(world, world.app) : null,
  }
}
