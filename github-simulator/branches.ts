import { classicProtection, effectiveRules } from './branch-rules.ts'
import { git, gitText } from './git.ts'
import { isAncestor } from './history.ts'
import type { Account, Activity, CheckSuite, PullRequest, Repository } from './state.ts'
import { checkSuiteHappened } from './webhooks/check.ts'
import { pullRequestHappened, reviewHappened } from './webhooks/pull-request.ts'
import { pushHappened } from './webhooks/push.ts'
import type { World } from './world.ts'
import { nextId } from './world.ts'

export interface Move {
  readonly branch: string
  /** A commit that is in the repository; null deletes the branch. */
  readonly after: string | null
  readonly sender: Account
  /** The move is the merge of a pull request. */
  readonly isMerge?: boolean
}

/** Moves, makes or deletes a branch, with all that follows at GitHub: pull requests, check suites, webhooks. */
export async function moveBranch(world: World, repository: Repository, move: Move): Promise<void> {
  const { branch, after, sender } = move
  const { gitDirectory, branches } = repository
  const before = branches.get(branch) ?? null
  if (before === after) return

  const isForced = before !== null && after !== null && !(await isAncestor(gitDirectory, before, after))
  const pulls = headedBy(world, repository, branch)
  await moveRefs(repository, branch, after, pulls)
  if (after === null) branches.delete(branch)
  else branches.set(branch, after)
  repository.pushedAt = world.clock()
  repository.activity.push(activityOf(world, { ...move, before, isForced }))

  await pushHappened(world, repository, { ref: `refs/heads/${branch}`, before, after, isForced, sender })
  if (after === null) {
    for (const { base, pull } of pulls) await closePullRequest(world, base, pull, sender)
    return
  }
  await requestCheckSuite(world, repository, { sha: after, branch, before, sender })
  for (const { base, pull } of pulls) await synchronize(world, base, pull, { after, sender })
  await markMerged(world, repository, { branch, before, after, sender })
}

function activityOf(
  world: World,
  { branch, before, after, sender, isForced, isMerge }: Move & { before: string | null; isForced: boolean },
): Activity {
  const moved = isMerge === true ? 'pr_merge' : isForced ? 'force_push' : 'push'
  const kind = before === null ? 'branch_creation' : after === null ? 'branch_deletion' : moved
  return { id: nextId(world), branch, kind, before, after, actor: sender, at: world.clock() }
}

/** Open pull requests whose head is this branch, in whatever repository they are. */
function headedBy(world: World, repository: Repository, branch: string) {
  return [...world.state.repositories.values()].flatMap((base) =>
    [...base.pullRequests.values()]
      .filter(
        ({ state, head }) => state === 'open' && head.repository === repository && head.branch === branch,
      )
      .map((pull) => ({ base, pull })),
  )
}

async function moveRefs(
  repository: Repository,
  branch: string,
  after: string | null,
  pulls: readonly { base: Repository; pull: PullRequest }[],
): Promise<void> {
  const own = pulls.filter(({ base }) => base === repository && after !== null)
  const lines = own.map(({ pull }) => `update refs/pull/${pull.number}/head ${after}\n`)
  lines.push(after === null ? `delete refs/heads/${branch}\n` : `update refs/heads/${branch} ${after}\n`)
  await git(repository.gitDirectory, ['update-ref', '--stdin'], lines.join(''))
  if (after === null) return
  for (const { base, pull } of pulls) if (base !== repository) await fetchHead(base, pull, after)
}

/** Brings the head of a pull request from a fork into the repository that it is for. */
export async function fetchHead(base: Repository, pull: PullRequest, sha: string): Promise<void> {
  const target = `+${sha}:refs/pull/${pull.number}/head`
  const source = pull.head.repository.gitDirectory
  await git(base.gitDirectory, [
    '-c',
    'uploadpack.allowAnySHA1InWant=true',
    'fetch',
    '--quiet',
    '--no-tags',
    source,
    target,
  ])
}

async function synchronize(
  world: World,
  base: Repository,
  pull: PullRequest,
  { after, sender }: { after: string; sender: Account },
): Promise<void> {
  const before = pull.headSha
  pull.headSha = after
  pull.baseSha = base.branches.get(pull.base) ?? pull.baseSha
  pull.updatedAt = world.clock()
  await pullRequestHappened(world, base, pull, { action: 'synchronize', sender, extra: { before, after } })
  if (!dismissesStale(base, pull.base)) return
  for (const review of pull.reviews.filter(({ state }) => state === 'APPROVED')) {
    review.state = 'DISMISSED'
    reviewHappened(world, base, pull, { action: 'dismissed', review, sender })
  }
}

function dismissesStale(repository: Repository, branch: string): boolean {
  if (classicProtection(repository, branch)?.reviews?.dismissStale === true) return true
  return effectiveRules(repository, branch).some(
    ({ rule }) => rule.parameters?.['dismiss_stale_reviews_on_push'] === true,
  )
}

export async function closePullRequest(
  world: World,
  repository: Repository,
  pull: PullRequest,
  sender: Account,
): Promise<void> {
  pull.state = 'closed'
  pull.closedAt = world.clock()
  pull.updatedAt = pull.closedAt
  await pullRequestHappened(world, repository, pull, { action: 'closed', sender })
}

/** GitHub takes a pull request as merged whose head arrived on the base branch by whatever way. */
async function markMerged(
  world: World,
  repository: Repository,
  {
    branch,
    before,
    after,
    sender,
  }: { branch: string; before: string | null; after: string; sender: Account },
): Promise<void> {
  const open = [...repository.pullRequests.values()].filter(
    ({ state, base }) => state === 'open' && base === branch,
  )
  if (open.length === 0 || before === null) return
  const args = [
    'for-each-ref',
    '--format=%(refname)',
    `--merged=${after}`,
    `--no-merged=${before}`,
    'refs/pull/*/head',
  ]
  const arrived = (await gitText(repository.gitDirectory, args)).split('\n')
  for (const pull of open) {
    if (!arrived.includes(`refs/pull/${pull.number}/head`)) continue
    pull.baseSha = before
    pull.merge = { sha: after, by: sender, at: world.clock() }
    await closePullRequest(world, repository, pull, sender)
  }
}

/** GitHub makes a check suite for each App that may write checks, and says so. */
async function requestCheckSuite(
  world: World,
  repository: Repository,
  push: { sha: string; branch: string; before: string | null; sender: Account },
): Promise<void> {
  const { sha, branch, before, sender } = push
  const installation = [...world.state.installations.values()].find(
    ({ account }) => account === repository.owner,
  )
  const isKnown = repository.checkSuites.some(
    (suite) => suite.headSha === sha && suite.app.id === world.app.id,
  )
  if (isKnown || installation?.permissions['checks'] !== 'write') return
  const suite: CheckSuite = {
    id: nextId(world),
    app: world.app,
    headSha: sha,
    headBranch: branch,
    before,
    createdAt: world.clock(),
  }
  repository.checkSuites.push(suite)
  await checkSuiteHappened(world, repository, suite, { action: 'requested', sender })
}
