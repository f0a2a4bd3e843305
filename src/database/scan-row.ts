import { z } from 'zod'

const position = z.int().positive().nullable()
const side = z.enum(['base', 'head'])

const BlobFinding = z.strictObject({
  rule: z.string(),
  gate: z.enum(['secrets', 'iac', 'signatures', 'reviews']),
  severity: z.enum(['critical', 'error', 'high', 'medium', 'low', 'info']),
  title: z.string(),
  message: z.string(),
  remediation: z.string(),
  path: z.string().nullable(),
  startLine: position,
  startColumn: position,
  endLine: position,
  endColumn: position,
  side,
  commit: z.string().nullable(),
  resource: z.string().nullable(),
  places: z.array(
    z.strictObject({ path: z.string(), startLine: z.int(), commit: z.string().nullable(), side }),
  ),
  fingerprint: z.string(),
  preview: z.string().nullable(),
  identity: z.string(),
})

/** A kept scan. Strict: what a newer version kept has another gate version, and so another key. */
export const StoredScan = z.strictObject({
  findings: z.array(BlobFinding),
  skips: z.array(z.strictObject({ path: z.string().nullable(), reason: z.string(), blocks: z.boolean() })),
})
