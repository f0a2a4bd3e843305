import type { z } from 'zod'

/** Refuses entries of a list that have the same value at `property`, each at its own place. */
export function refuseTwins<K extends string>(
  entries: readonly Readonly<Record<K, string>>[],
  property: K,
  context: z.core.$RefinementCtx,
  message: (value: string) => string,
): void {
  const seen = new Set<string>()
  for (const [index, entry] of entries.entries()) {
    const value = entry[property]
    if (seen.has(value))
      context.addIssue({ code: 'custom', path: [index, property], message: message(value) })
    seen.add(value)
  }
}
