import { z } from 'zod'

import { Redacted } from '../std/redacted.ts'
import { UserError } from '../std/user-error.ts'

/** What existed when the gate was put up, by fingerprint, and the key that the fingerprints were made with. */
export interface Baseline {
  readonly fingerprintKey: Redacted | null
  readonly fingerprints: ReadonlySet<string>
}

export const noBaseline: Baseline = { fingerprintKey: null, fingerprints: new Set() }

const BaselineFile = z.strictObject({
  version: z.literal(1),
  fingerprint_key: z.string().regex(/^[0-9a-f]{32,128}$/),
  findings: z.array(z.object({ fingerprint: z.string().min(1) })).default([]),
})

/** Reads the base side's baseline file. Throws `UserError`: a baseline that cannot be read excuses nothing. */
export function readBaseline(file: string, text: string): Baseline {
  const parsed = BaselineFile.safeParse(parseJson(file, text))
  if (!parsed.success)
    throw unreadable(file, `is not a baseline: ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  const { fingerprint_key: key, findings } = parsed.data
  return {
    fingerprintKey: new Redacted(key),
    fingerprints: new Set(findings.map(({ fingerprint }) => fingerprint)),
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // The parser's own message quotes the file, which holds the key.
    if (error instanceof SyntaxError) throw unreadable(file, 'is not JSON')
    throw error
  }
}

function unreadable(file: string, reason: string): UserError {
  return new UserError({
    code: 'baseline-invalid',
    message: `The baseline ${reason}.`,
    remediation: 'Write it anew with portcullis baseline, or remove it.',
    file,
  })
}
