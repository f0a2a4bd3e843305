import { emit } from '../emit.ts'
import { findCommit } from '../history.ts'
import type { Account, CheckRun, CheckSuite, Repository } from '../state.ts'
import { checkRunView, checkSuiteView } from '../views/check-run.ts'
import { simpleCommitView } from '../views/commit.ts'
import { repositoryApi } from '../views/repository.ts'
import type { World } from '../world.ts'

/** `check_run`; with the identifier of a button in `requested_action`. */
export function checkRunHappened(
  world: World,
  repository: Repository,
  run: CheckRun,
  about: { action: string; sender: Account; button?: string },
): void {
  const { action, sender, button } = about
  // Pressing and re-running concern only whoever made the check.
  if ((action === 'rerequested' || button !== undefined) && run.suite.app.id !== world.app.id) return
  const suite = checkSuiteView(world, repository, run.suite)
  emit(world, {
    event: 'check_run',
    action,
    repository,
    sender,
    payload: {
      check_run: { ...checkRunView(world, repository, run), check_suite: suite },
      ...(button === undefined ? {} : { requested_action: { identifier: button } }),
    },
  })
}

/** `check_suite`. */
export async function checkSuiteHappened(
  world: World,
  repository: Repository,
  suite: CheckSuite,
  about: { action: 'requested' | 'rerequested' | 'completed'; sender: Account },
): Promise<void> {
  if (about.action !== 'completed' && suite.app.id !== world.app.id) return
  emit(world, {
    event: 'check_suite',
    action: about.action,
    repository,
    sender: about.sender,
    payload: { check_suite: await fullCheckSuiteView(world, repository, suite) },
  })
}

/** With its number of runs and its commit, as a webhook and a list have it. */
export async function fullCheckSuiteView(world: World, repository: Repository, suite: CheckSuite) {
  const commit = await findCommit(repository, suite.headSha)
  return {
    ...checkSuiteView(world, repository, suite),
    latest_check_runs_count: repository.checkRuns.filter((run) => run.suite === suite).length,
    check_runs_url: `${repositoryApi(world, repository)}/check-suites/${suite.id}/check-runs`,
    head_commit: commit === null ? null : simpleCommitView(commit),
  }
}
