import type { VerdictSkip } from '../model/verdict.ts'

/** Skips of one gate for one reason. */
export type SkipGroup = readonly [VerdictSkip, ...VerdictSkip[]]

/** What was not looked at, what blocks first, put together by gate and reason: a reason is said once for all its files. */
export function skipGroups(skips: readonly VerdictSkip[]): SkipGroup[] {
  const groups = new Map<string, [VerdictSkip, ...VerdictSkip[]]>()
  for (const skip of [...skips.filter(({ blocks }) => blocks), ...skips.filter(({ blocks }) => !blocks)]) {
    const key = JSON.stringify([skip.gate, skip.reason, skip.blocks])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [skip])
    else group.push(skip)
  }
  return [...groups.values()]
}
