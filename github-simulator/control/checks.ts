import { createCheckRun } from '../check-runs.ts'
import type { Account, AppIdentity, CheckRun, CheckSuite, Repository } from '../state.ts'
import { checkRunHappened, checkSuiteHappened } from '../webhooks/check.ts'
import type { World } from '../world.ts'

/** Check runs from the side of people and of other Apps. */
export class Checks {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  /** Runs on a commit, oldest first, whosever they are. */
  of(repository: Repository, sha: string): CheckRun[] {
    return repository.checkRuns.filter(({ suite }) => suite.headSha === sha)
  }

  /** The newest run of this name on a commit, whatever its state. */
  latest(repository: Repository, sha: string, name: string): CheckRun | undefined {
    return this.of(repository, sha).findLast((run) => run.name === name)
  }

  /** "Re-run" of one check. GitHub does not reset the run: the App makes a new one. */
  rerequest(repository: Repository, run: CheckRun, by: Account): void {
    checkRunHappened(this.#world, repository, run, { action: 'rerequested', sender: by })
  }

  /** "Re-run all checks". */
  async rerequestSuite(repository: Repository, suite: CheckSuite, by: Account): Promise<void> {
    await checkSuiteHappened(this.#world, repository, suite, { action: 'rerequested', sender: by })
  }

  /** Presses one of the run's buttons. Throws if it has no such button, or does not show it yet. */
  press(repository: Repository, run: CheckRun, identifier: string, by: Account): void {
    const isShown =
      run.status === 'completed' && run.actions.some((action) => action.identifier === identifier)
    if (!isShown) throw new Error(`the check run ${run.name} shows no button ${identifier}`)
    checkRunHappened(this.#world, repository, run, {
      action: 'requested_action',
      sender: by,
      button: identifier,
    })
  }

  /** A check run of another App, finished if it has a conclusion. */
  async createForeign(
    repository: Repository,
    wanted: { app: AppIdentity; name: string; headSha: string; conclusion?: string; by: Account },
  ): Promise<CheckRun> {
    const { app, name, headSha, conclusion, by: sender } = wanted
    const body = conclusion === undefined ? { status: 'in_progress' as const } : { conclusion }
    return createCheckRun(this.#world, repository, { app, name, headSha, body, sender })
  }
}
