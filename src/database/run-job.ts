import type { Attempt, Handlers, Job } from '../ports/queue.ts'

/** Calls the handler of a job. The switch tells the compiler which data belongs to which handler. */
export async function runJob(handlers: Handlers, job: Job, attempt: Attempt): Promise<void> {
  switch (job.name) {
    case 'evaluate-pull-request':
      return handlers[job.name](job.data, attempt)
    case 'clean-up-pull-request':
      return handlers[job.name](job.data, attempt)
    case 'evaluate-head':
      return handlers[job.name](job.data, attempt)
    case 'evaluate-push':
      return handlers[job.name](job.data, attempt)
    case 'answer-command':
      return handlers[job.name](job.data, attempt)
    case 'inspect-repository':
      return handlers[job.name](job.data, attempt)
    case 'update-installation':
      return handlers[job.name](job.data, attempt)
  }
}
