import type { Policy } from '../model/policy.ts'

/** The mode that holds on a day, `YYYY-MM-DD`: from `evaluate_until` on, `evaluate` enforces. */
export function modeOn(policy: Policy, day: string): Policy['mode'] {
  const isOver = policy.evaluate_until === null || policy.evaluate_until <= day
  return policy.mode === 'evaluate' && isOver ? 'enforce' : policy.mode
}
