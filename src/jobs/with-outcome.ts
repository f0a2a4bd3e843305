import { Gone } from '../ports/github-errors.ts'
import { Busy } from '../ports/queue.ts'
import type { Attempt, DataOf, JobName } from '../ports/queue.ts'
import type { App } from './app.ts'
import { publishObstacle } from './publish-obstacle.ts'

/**
 * Runs a job and says how it ended, one line in the log. What a job throws goes back to the queue, which tries again;
 * before that the check says that nothing was evaluated. Only what is gone ends a job: there is nothing left to judge.
 */
export function withOutcome<Name extends JobName>(
  app: App,
  name: Name,
  run: (app: App, data: DataOf<Name>) => Promise<void>,
): (data: DataOf<Name>, attempt: Attempt) => Promise<void> {
  return async (data, attempt) => {
    const log = app.log.child({ job: name, id: attempt.id, ...referenceOf(data) })
    const start = app.clock()
    try {
      await run({ ...app, log }, data)
      log.info({ ms: Math.round(app.clock() - start) }, 'done')
    } catch (error) {
      if (error instanceof Gone) {
        log.info({ reason: error.message }, 'nothing left to judge')
        return
      }
      if (!(error instanceof Busy)) await publishObstacle({ ...app, log }, { name, data, attempt, error })
      throw error
    }
  }
}

/** What a log line may say of a job: whose it is, never what it holds. */
function referenceOf(data: DataOf<JobName>): object {
  const { installation } = data
  const repository = 'repository' in data ? data.repository : undefined
  const number = 'number' in data ? data.number : undefined
  return { installation, repository, number }
}
