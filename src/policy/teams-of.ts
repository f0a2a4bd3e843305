import type { Needs, Policy } from '../model/policy.ts'

/** Every `@organisation/team` that may approve something under a policy, sorted: whose members must be read. */
export function teamsOf({ gates, policy_changes: changes }: Policy): string[] {
  const named = [...gates.reviews.requirements.flatMap(approversOf), ...changes.by]
  return [...new Set(named.filter((by) => by.startsWith('@')))].toSorted()
}

function approversOf(needs: Needs): readonly string[] {
  if ('by' in needs) return needs.by
  const below = 'any' in needs ? needs.any : 'all' in needs ? needs.all : needs.none
  return below.flatMap(approversOf)
}
