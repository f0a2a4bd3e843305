import type { Conceal } from '../model/gate.ts'
import { branchRulesFor } from '../policy/branch-rules.ts'
import { PermissionMissing } from '../ports/github-errors.ts'
import type { Attempt, DataOf, JobName } from '../ports/queue.ts'
import { cannotEvaluate } from '../report/cannot-evaluate.ts'
import type { Cause } from '../report/cannot-evaluate.ts'
import { outputDigest } from '../report/check-run.ts'
import { UserError } from '../std/user-error.ts'
import type { App } from './app.ts'
import { presets } from './load-policy.ts'
import { publish } from './publish.ts'
import { repositoryName } from './repository-name.ts'

interface Failed {
  readonly name: JobName
  readonly data: DataOf<JobName>
  readonly attempt: Attempt
  readonly error: unknown
}

/**
 * Says under the check of a pull request that nothing was evaluated, whose turn it is and what to do. For what stops an
 * evaluation before its policy is known: the check has the preset's name. What passes by itself is said at the last try.
 */
export async function publishObstacle(app: App, { name, data, attempt, error }: Failed): Promise<void> {
  app.log.error({ failure: nameOf(error), isLast: attempt.isLast }, 'job failed')
  const cause = causeOf(error, attempt, app.conceal)
  const isEvaluation = name === 'evaluate-pull-request' || name === 'answer-command'
  if (cause === null || !isEvaluation || !('number' in data)) return
  const { installation } = data
  const github = app.github(installation)
  const evaluation = await app.stores.evaluations.next(installation)
  const pullRequest = await github.pullRequest(repositoryName(data.repository), data.number)
  const { repository, baseBranch, head } = pullRequest
  const { policy } = presets()
  for (const { check } of branchRulesFor(policy, baseBranch, repository.defaultBranch)) {
    const run = cannotEvaluate({ name: check, head, evaluation, cause })
    await publish(app, {
      key: { installation, repository: repository.id, check, head },
      repository,
      evaluation,
      isRescan: false,
      isStillHead: async () => pullRequest.isOpen,
      make: async () => ({ run, digest: outputDigest(run) }),
    })
  }
}

/** Null for what nobody has to act on yet, or what could not be written anyway. */
function causeOf(error: unknown, { id, isLast }: Attempt, conceal: Conceal): Cause | null {
  if (error instanceof UserError) return { kind: 'refused', message: conceal(error.message) }
  if (error instanceof PermissionMissing)
    return error.permission.startsWith('checks') ? null : { kind: 'permission', permission: error.permission }
  return isLast ? { kind: 'fault', job: id } : null
}

/** The class alone: a message of a library may quote what it was given. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
