import { z } from 'zod'

import type { KeptAnswer } from './kept-answers.ts'

/** Long enough to spare a busy repository the call, short enough for an event that never came. */
const absentMs = 5 * 60_000

/** What stands where an ETag would: GitHub has none for what is not there. */
const etag = 'absent'

const Absence = z.strictObject({ until: z.number() })

/** What is kept of a 404. */
export function absence(now: number): KeptAnswer {
  return { etag, value: { until: now + absentMs } satisfies z.infer<typeof Absence> }
}

/** Whether a kept 404 may still be taken for true. */
export function isAbsent(known: KeptAnswer | null | undefined, now: number): boolean {
  if (known?.etag !== etag) return false
  const kept = Absence.safeParse(known.value)
  return kept.success && now < kept.data.until
}

/** The header that asks whether a kept answer still holds; none for a kept 404. */
export function conditionOf(known: KeptAnswer | null | undefined): Record<string, string> {
  return known && known.etag !== etag ? { 'if-none-match': known.etag } : {}
}
