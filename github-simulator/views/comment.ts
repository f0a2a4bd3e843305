import { associationOf } from '../roles.ts'
import type { Comment, Repository } from '../state.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'
import { accountView, appView } from './account.ts'
import { repositoryApi, repositoryPage } from './repository.ts'

const reactionNames = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes'] as const

/** `issue-comment`: what is said in the conversation of a pull request. */
export function commentView(world: World, repository: Repository, comment: Comment) {
  const api = repositoryApi(world, repository)
  const url = `${api}/issues/comments/${comment.id}`
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
    reactions: reactionsView(`${url}/reactions`, comment.reactions),
    performed_via_github_app: comment.byApp ? appView(world, world.app) : null,
  }
}

/** `reaction-rollup`: how often each reaction was given. */
export function reactionsView(
  url: string,
  reactions: Comment['reactions'],
): Readonly<Record<string, unknown>> {
  const counts = new Map<string, number>(reactionNames.map((name) => [name, 0]))
  for (const { content } of reactions) counts.set(content, (counts.get(content) ?? 0) + 1)
  return { url, total_count: reactions.length, ...Object.fromEntries(counts) }
}
