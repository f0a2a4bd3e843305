import { minimatch } from 'minimatch'

import type { Finding } from '../model/finding.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import type { Policy, Waiver } from '../model/policy.ts'
import type { VerdictFinding } from '../model/verdict.ts'
import type { Baseline } from './baseline.ts'

interface Excuses {
  readonly policy: EffectivePolicy
  readonly baseline: Baseline
  readonly today: string
}

type WithStatus = Omit<VerdictFinding, 'blocks'>

/** Says of each finding whether the base side excuses it: by a waiver that has not ended, or because it was there before. */
export function statusIn({ policy, baseline, today }: Excuses, findings: readonly Finding[]): WithStatus[] {
  return findings.map((finding) => ({ ...finding, places: [...finding.places], status: statusOf(finding) }))

  function statusOf(finding: Finding): VerdictFinding['status'] {
    if (isWaived(policy.policy, finding, today)) return 'waived'
    return baseline.fingerprints.has(finding.fingerprint) ? 'baseline' : 'open'
  }
}

function isWaived(policy: Policy, finding: Finding, today: string): boolean {
  if (finding.gate === 'reviews' || (finding.gate === 'secrets' && !policy.gates.secrets.waivable))
    return false
  if (isOff(policy, finding.rule, today)) return true
  return policy.waivers.active.some((waiver) => covers(waiver, finding, today))
}

function isOff({ gates }: Policy, rule: string, today: string): boolean {
  const setting = gates.iac.rules[rule]
  return setting !== undefined && 'off' in setting && (setting.until === null || today < setting.until)
}

/** A waiver holds through the day that it expires on. Dates compare as text: both are `YYYY-MM-DD`. */
function covers(waiver: Waiver, { rule, path }: Finding, today: string): boolean {
  if (waiver.rule !== rule || today > waiver.expires || today < waiver.granted) return false
  return path !== null && waiver.paths.some((pattern) => minimatch(path, pattern, { dot: true }))
}
