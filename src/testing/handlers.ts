import type { Handlers } from '../ports/queue.ts'

/** Handlers that do nothing, but for those that are given. */
export function handlersWith(given: Partial<Handlers>): Handlers {
  return {
    'evaluate-pull-request': nothing,
    'clean-up-pull-request': nothing,
    'evaluate-head': nothing,
    'evaluate-push': nothing,
    'answer-command': nothing,
    'inspect-repository': nothing,
    'update-installation': nothing,
    ...given,
  }
}

async function nothing(): Promise<void> {}
