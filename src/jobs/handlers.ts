import type { Handlers } from '../ports/queue.ts'
import { answerCommand } from './answer-command.ts'
import type { App } from './app.ts'
import { cleanUpPullRequest } from './clean-up-pull-request.ts'
import { evaluateHead } from './evaluate-head.ts'
import { evaluatePullRequest } from './evaluate-pull-request.ts'
import { evaluatePush } from './evaluate-push.ts'
import { inspectRepository } from './inspect-repository.ts'
import { updateInstallation } from './update-installation.ts'
import { withOutcome } from './with-outcome.ts'

/** Every job there is, with what it does. */
export function handlers(app: App): Handlers {
  return {
    'evaluate-pull-request': withOutcome(app, 'evaluate-pull-request', evaluatePullRequest),
    'clean-up-pull-request': withOutcome(app, 'clean-up-pull-request', cleanUpPullRequest),
    'evaluate-head': withOutcome(app, 'evaluate-head', evaluateHead),
    'evaluate-push': withOutcome(app, 'evaluate-push', evaluatePush),
    'answer-command': withOutcome(app, 'answer-command', answerCommand),
    'inspect-repository': withOutcome(app, 'inspect-repository', inspectRepository),
    'update-installation': withOutcome(app, 'update-installation', updateInstallation),
  }
}
