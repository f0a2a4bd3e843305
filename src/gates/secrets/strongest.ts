import type { Severity } from '../../model/finding.ts'
import { familyOf, severityOf } from './rule.ts'
import type { Evidence, SecretRule } from './rule.ts'
import { rules } from './rules/index.ts'

/** A secret in a view of a blob; offsets of bytes. */
export interface Candidate {
  /** What a finding says of the rule. */
  readonly rule: Pick<SecretRule, 'id' | 'title' | 'remediation' | 'provider'> | CustomRuleText
  readonly family: string
  readonly severity: Severity
  /** Lower is stronger. */
  readonly rank: number
  readonly start: number
  readonly end: number
  readonly value: string
  readonly evidence: Evidence
  /** The encoded stretch that it was decoded from, by its offset; null for what stands there as it is. */
  readonly run: number | null
}

/** A rule of the policy has nothing else to say. */
export interface CustomRuleText {
  readonly id: string
  readonly title: string
  readonly remediation: string
  readonly provider: string
}

const severities: readonly Severity[] = ['critical', 'error', 'high', 'medium', 'low', 'info']

export function candidateOf(
  rule: SecretRule,
  find: Pick<Candidate, 'start' | 'end' | 'value' | 'evidence' | 'run'>,
): Candidate {
  const { start, end, value, evidence, run } = find
  const severity = severityOf(rule, evidence)
  return {
    rule,
    family: familyOf(rule),
    severity,
    rank: rankOf(rule, severity),
    start,
    end,
    value,
    evidence,
    run,
  }
}

/** A rule that knows what it found beats one that only knows that it looks like something. */
function rankOf(rule: SecretRule, severity: Severity): number {
  const isGuess = rule.id === 'secrets/generic-assignment'
  return (isGuess ? 1_000_000 : 0) + severities.indexOf(severity) * 10_000 + rules.indexOf(rule)
}

/**
 * One finding for the same characters: the strongest rule names them. Several secrets decoded from one stretch all
 * stand at that stretch, and stay several.
 */
export function strongest(candidates: readonly Candidate[]): Candidate[] {
  const ordered = candidates.toSorted((a, b) => a.start - b.start || a.rank - b.rank)
  const kept: Candidate[] = []
  for (const candidate of ordered) {
    const last = kept.at(-1)
    if (last === undefined || candidate.start >= last.end || isSibling(last, candidate)) kept.push(candidate)
    else if (candidate.rank < last.rank) kept.splice(-1, 1, candidate)
  }
  return kept
}

function isSibling(a: Candidate, b: Candidate): boolean {
  return a.run !== null && a.run === b.run && a.value !== b.value
}
