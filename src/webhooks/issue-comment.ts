import type { IssueCommentDelivery, KeyedJob } from '../ports/delivery.ts'
import { pullRequestKey } from '../ports/job-keys.ts'
import type { CommandReference } from '../ports/queue.ts'

/** The grammar of comments/, handed in. Null for a comment that gives no command. */
export type CommandParser = (body: string) => CommandReference['command'] | null

/**
 * A new comment on a pull request may be a command. An edited one never is: who can edit the comment of another would
 * speak in that person's name. Bots are ignored, so that two of them cannot keep each other busy.
 */
export function issueComment(delivery: IssueCommentDelivery, parseCommand: CommandParser): KeyedJob[] {
  const { installation, repository, action, number, isPullRequest, comment, body, sender } = delivery
  if (action !== 'created' || !isPullRequest || sender.isBot) return []
  const command = parseCommand(body)
  if (command === null) return []
  const data = { installation, repository, number, comment, sender: sender.login, command }
  // By comment: each is answered, so two of them must not become one.
  const key = `${pullRequestKey(data)} comment ${comment}`
  return [{ job: { name: 'answer-command', data }, key }]
}
