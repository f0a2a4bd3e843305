import { Refusal } from './answer.ts'
import { mergeBlockers } from './branch-rules.ts'
import { closePullRequest, moveBranch } from './branches.ts'
import { git } from './git.ts'
import { baseTip, mergedTree } from './pull-request-details.ts'
import type { Account, PullRequest, Repository } from './state.ts'
import type { World } from './world.ts'

export interface MergeRequest {
  readonly by: Account
  readonly method: 'merge' | 'squash'
  /** The head that was reviewed; GitHub refuses if it has moved. */
  readonly expectedHead?: string | undefined
  readonly title?: string | undefined
  readonly message?: string | undefined
  /** Past the rules, as someone on the list of those who may bypass them. */
  readonly bypassesRules?: boolean
}

/** Merges, and returns the new commit of the base branch. Throws the `Refusal` that GitHub answers. */
export async function mergePullRequest(
  world: World,
  repository: Repository,
  pull: PullRequest,
  request: MergeRequest,
): Promise<string> {
  if (pull.state === 'closed') throw new Refusal(405, 'Pull Request is not mergeable')
  if (pull.isDraft) throw new Refusal(405, 'Pull Request is still a draft')
  if (request.expectedHead !== undefined && request.expectedHead !== pull.headSha)
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.')
  const blockers = request.bypassesRules === true ? [] : mergeBlockers(repository, pull)
  if (blockers.length > 0) throw new Refusal(405, blockers.join(' '))

  const base = baseTip(repository, pull)
  const tree = await mergedTree(repository, base, pull.headSha)
  if (tree === null) throw new Refusal(405, 'Pull Request is not mergeable')
  const sha = await writeMerge(world, repository, pull, { ...request, base, tree })
  // Before the branch moves, so that the move does not find an open pull request that has arrived.
  pull.baseSha = base
  pull.merge = { sha, by: request.by, at: world.clock() }
  pull.state = 'closed'
  await moveBranch(world, repository, { branch: pull.base, after: sha, sender: request.by, isMerge: true })
  await closePullRequest(world, repository, pull, request.by)
  return sha
}

async function writeMerge(
  world: World,
  repository: Repository,
  pull: PullRequest,
  request: MergeRequest & { base: string; tree: string },
): Promise<string> {
  const { by, method, base, tree } = request
  const isMerge = method === 'merge'
  const at = `${Math.floor(world.clock().getTime() / 1000)} +0000`
  const from = `${pull.head.repository.owner.login}/${pull.head.branch}`
  const title =
    request.title ??
    (isMerge ? `Merge pull request #${pull.number} from ${from}` : `${pull.title} (#${pull.number})`)
  const lines = [
    `tree ${tree}`,
    `parent ${base}`,
    ...(isMerge ? [`parent ${pull.headSha}`] : []),
    `author ${by.name} <${by.email}> ${at}`,
    `committer GitHub <noreply@github.com> ${at}`,
    '',
    title,
    '',
    request.message ?? pull.title,
    '',
  ]
  const written = await git(
    repository.gitDirectory,
    ['hash-object', '-t', 'commit', '-w', '--stdin'],
    lines.join('\n'),
  )
  return written.toString().trim()
}
