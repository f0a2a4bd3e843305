import type { Finding, Severity } from '../model/finding.ts'
import type { Policy } from '../model/policy.ts'

const worstFirst: readonly Severity[] = ['critical', 'error', 'high', 'medium', 'low', 'info']

/** Whether a finding that nothing excuses blocks under the policy. `info` never does. */
export function blocksIn({ gates }: Policy, { gate, severity }: Pick<Finding, 'gate' | 'severity'>): boolean {
  switch (gate) {
    case 'secrets':
      return atLeast(severity, secretsFrom[gates.secrets.fail_on])
    case 'iac':
      return atLeast(severity, gates.iac.fail_on)
    case 'signatures':
    case 'reviews':
      return atLeast(severity, 'low')
  }
}

/** A secret whose checksum or shape proves it is at least `high`; one that only looks like it is less. */
const secretsFrom = { any: 'low', 'high-confidence': 'high', never: 'never' } as const

function atLeast(severity: Severity, least: Severity | 'never'): boolean {
  if (least === 'never' || severity === 'info') return false
  return worstFirst.indexOf(severity) <= worstFirst.indexOf(least)
}
