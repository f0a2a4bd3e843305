import * as z from 'zod'

/** What policy-bot says of a pull request; `skipped`: none of its rules applies. */
export const statuses = ['approved', 'pending', 'skipped', 'disapproved', 'error'] as const
export type Status = (typeof statuses)[number]

/** One row: a policy, a pull request, what GitHub knows, and what should come out. Keys that nothing reads are allowed. */
export const ApprovalCase = z.object({
  id: z.string(),
  policy: z.string(),
  pull: z.object({
    owner: z.string().default('owner'),
    repo: z.string().default('repository'),
    author: z.string().default('author-not-stated'),
    title: z.string().default(''),
    base: z.string().default('main'),
    head: z.string().default('head'),
    headSha: z.string().optional(),
    files: z
      .array(z.object({ path: z.string(), status: z.enum(['added', 'modified', 'deleted']) }))
      .default([]),
    commits: z
      .array(
        z.object({
          sha: z.string(),
          parents: z.array(z.string()).default([]),
          author: z.string().default(''),
          committer: z.string().default(''),
          committedViaWeb: z.boolean().default(false),
        }),
      )
      .default([]),
    pushedAt: z.record(z.string(), z.string()).default({}),
    reviews: z
      .array(
        z.object({
          author: z.string(),
          state: z.enum(['approved', 'changes_requested', 'commented', 'dismissed', 'pending']),
          createdAt: z.string(),
        }),
      )
      .default([]),
    labels: z.array(z.string()).default([]),
  }),
  facts: z.object({
    teams: z.record(z.string(), z.array(z.string())).default({}),
    permissions: z.record(z.string(), z.enum(['read', 'triage', 'write', 'maintain', 'admin'])).default({}),
  }),
  expect: z.object({ status: z.enum(statuses) }),
  portcullis: z.object({ status: z.enum(statuses) }).optional(),
})
export type ApprovalCase = z.infer<typeof ApprovalCase>
