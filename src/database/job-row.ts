import { z } from 'zod'

import type { Job as PortsJob, JobName } from '../ports/queue.ts'

const repository = { installation: z.int(), repository: z.string() }
const pullRequest = { ...repository, number: z.int() }
const rescan = { rescan: z.exactOptional(z.enum(['again', 'fresh'])) }

const command = z.union([
  z.object({ name: z.literal('rescan'), fresh: z.boolean() }),
  z.object({ name: z.literal('unknown'), meant: z.string().nullable() }),
])

const change = z.enum(['installed', 'removed', 'suspended', 'unsuspended', 'repositories-changed'])

/** A job as it is kept, checked on the way out: rows of an older version may lie here. */
export const Job: z.ZodType<PortsJob> = z.discriminatedUnion('name', [
  z.object({ name: z.literal('evaluate-pull-request'), data: z.object({ ...pullRequest, ...rescan }) }),
  z.object({ name: z.literal('clean-up-pull-request'), data: z.object(pullRequest) }),
  z.object({
    name: z.literal('evaluate-head'),
    data: z.object({ ...repository, head: z.string(), ...rescan }),
  }),
  z.object({
    name: z.literal('evaluate-push'),
    data: z.object({
      ...repository,
      ref: z.string(),
      before: z.string(),
      after: z.string(),
      also: z.exactOptional(z.array(z.string())),
    }),
  }),
  z.object({
    name: z.literal('answer-command'),
    data: z.object({ ...pullRequest, comment: z.int(), sender: z.string(), command }),
  }),
  z.object({ name: z.literal('inspect-repository'), data: z.object(repository) }),
  z.object({
    name: z.literal('update-installation'),
    data: z.object({ installation: z.int(), change, removed: z.array(z.string()) }),
  }),
])

/** The job of a row; null where there is none, or none that this version understands. */
export function readJob(name: string, data: unknown): PortsJob | null {
  const job = Job.safeParse({ name, data })
  return job.success ? job.data : null
}

const names: Readonly<Record<JobName, true>> = {
  'evaluate-pull-request': true,
  'clean-up-pull-request': true,
  'evaluate-head': true,
  'evaluate-push': true,
  'answer-command': true,
  'inspect-repository': true,
  'update-installation': true,
}

/** Every name that this version can run. */
export const jobNames: readonly string[] = Object.keys(names)
