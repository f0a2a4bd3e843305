import type { CheckRun, CheckSuite, Repository } from '../state.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'
import { appView } from './account.ts'
import { minimalPullRequestView } from './pull-request.ts'
import { repositoryApi, repositoryPage } from './repository.ts'

/** `check-run`. Annotations are not in it: they are listed by an operation of their own. */
export function checkRunView(world: World, repository: Repository, run: CheckRun) {
  const api = `${repositoryApi(world, repository)}/check-runs/${run.id}`
  const page = `${repositoryPage(world, repository)}/runs/${run.id}`
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.suite.headSha,
    external_id: run.externalId,
    url: api,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${api}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appView(world, run.suite.app),
    pull_requests: pullRequestsOf(world, repository, run.suite.headSha),
  }
}

/** `check-suite`, but for `head_commit`, `repository` and its number of runs, which not every place has. */
export function checkSuiteView(world: World, repository: Repository, suite: CheckSuite) {
  const runs = repository.checkRuns.filter((run) => run.suite === suite)
  const { status, conclusion } = summaryOf(runs)
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    status,
    conclusion,
    url: `${repositoryApi(world, repository)}/check-suites/${suite.id}`,
    before: suite.before,
    after: suite.headSha,
    pull_requests: pullRequestsOf(world, repository, suite.headSha),
    app: appView(world, suite.app),
    created_at: timestamp(suite.createdAt),
    updated_at: timestamp(suite.createdAt),
  }
}

/** The last run of each name. Ids grow, so the last one wins. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [`${run.suite.app.id} ${run.name}`, run])).values()]
}

/** What GitHub shows first when runs disagree. */
const worstFirst = ['failure', 'timed_out', 'action_required', 'cancelled', 'success', 'neutral', 'skipped']

function summaryOf(runs: readonly CheckRun[]): { status: string; conclusion: string | null } {
  const latest = latestRuns(runs)
  if (latest.length === 0) return { status: 'queued', conclusion: null }
  if (latest.some(({ status }) => status !== 'completed')) return { status: 'in_progress', conclusion: null }
  const conclusion = worstFirst.find((one) => latest.some((run) => run.conclusion === one)) ?? null
  return { status: 'completed', conclusion }
}

/** Only pull requests from branches of the repository itself: GitHub does not look into forks. */
function pullRequestsOf(world: World, repository: Repository, sha: string) {
  return [...repository.pullRequests.values()]
    .filter((pull) => pull.headSha === sha && pull.state === 'open' && pull.head.repository === repository)
    .map((pull) => minimalPullRequestView(world, repository, pull))
}
