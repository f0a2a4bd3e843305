import { z } from 'zod'

const oid = z.string().regex(/^[0-9a-f]{40}$/)
const position = z.int().positive().nullable()

export const Outcome = z.enum(['pass', 'fail', 'waiting', 'error'])
export type Outcome = z.infer<typeof Outcome>

const severity = z.enum(['critical', 'error', 'high', 'medium', 'low', 'info'])
const gate = z.enum(['secrets', 'iac', 'signatures', 'reviews'])
const side = z.enum(['head', 'base'])

export const VerdictGate = z.strictObject({
  gate,
  outcome: z.enum(['pass', 'fail', 'waiting', 'error', 'not-evaluated']),
  findings: z
    .int()
    .nonnegative()
    .meta({ description: 'Open findings of this gate, those that do not block included.' }),
  lookedAt: z.string().meta({ description: '`14 blobs in 3 commits`, or why the gate was not evaluated.' }),
  ms: z
    .int()
    .nonnegative()
    .meta({ description: 'The only field in which two runs on the same input differ.' }),
})
export type VerdictGate = z.infer<typeof VerdictGate>

export const VerdictFinding = z.strictObject({
  rule: z.string(),
  gate,
  severity,
  title: z.string(),
  message: z.string(),
  remediation: z.string(),
  path: z.string().nullable(),
  side,
  startLine: position,
  startColumn: position,
  endLine: position,
  endColumn: position,
  commit: oid.nullable(),
  inHistoryOnly: z
    .boolean()
    .optional()
    .meta({ description: 'True where the head no longer has it: the place is one of an earlier commit.' }),
  resource: z.string().nullable(),
  places: z.array(
    z.strictObject({ path: z.string(), startLine: z.int().positive(), commit: oid.nullable(), side }),
  ),
  fingerprint: z.string(),
  status: z.enum(['open', 'waived', 'baseline']),
  blocks: z.boolean(),
  preview: z
    .string()
    .nullable()
    .meta({ description: 'What may be shown of a secret; null for everything else.' }),
})
export type VerdictFinding = z.infer<typeof VerdictFinding>

export const VerdictSkip = z.strictObject({
  gate: z.enum(['secrets', 'iac', 'signatures', 'reviews', 'policy']),
  path: z.string().nullable(),
  reason: z.string(),
  blocks: z.boolean(),
})
export type VerdictSkip = z.infer<typeof VerdictSkip>

/** The gates' results together. The shape of `-f json`, which users and scripts rely on: extend it, never change it. */
export const Verdict = z.strictObject({
  schema: z.literal('portcullis/verdict/v1'),
  tool: z.strictObject({ name: z.literal('portcullis'), version: z.string(), rulesDigest: z.string() }),
  subject: z.strictObject({
    kind: z.enum(['range', 'tree', 'history']),
    base: oid.nullable(),
    mergeBase: oid.nullable(),
    head: oid.nullable(),
    commits: z.int().nonnegative(),
    files: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
  }),
  policy: z.strictObject({ digest: z.string(), sources: z.array(z.string()) }),
  outcome: Outcome,
  gates: z.array(VerdictGate),
  findings: z.array(VerdictFinding),
  waiting: z.array(
    z.strictObject({
      requirement: z.string(),
      needs: z.int().nonnegative(),
      has: z.int().nonnegative(),
      who: z.array(z.string()),
    }),
  ),
  skips: z.array(VerdictSkip),
})
export type Verdict = z.infer<typeof Verdict>
