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

/** Worst first. */
export const severities: readonly Severity[] = ['critical', 'error', 'high', 'medium', 'low', 'info']

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

function rankOf(rule: SecretRule, severity: Severity): number {
  return severities.indexOf(severity) * 1000 + rules.indexOf(rule)
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
    else if (beats(candidate, last)) kept.splice(-1, 1, candidate)
  }
  return kept
}

/**
 * The worse severity, then the order of the rules. A rule that knows what it found beats a guess even with a milder one,
 * but only where it explains all that the guess found: a made-up token beside a password does not excuse the password.
 */
function beats(a: Candidate, b: Candidate): boolean {
  if (isGuess(a) !== isGuess(b)) {
    if (isGuess(b) && covers(a, b)) return true
    if (isGuess(a) && covers(b, a)) return false
  }
  return a.rank < b.rank
}

function isGuess({ rule }: Candidate): boolean {
  return rule.id === 'secrets/generic-assignment'
}

/** What was decoded covers its stretch only if it is nearly all of it: base64 takes four characters for three. */
function covers(a: Candidate, b: Candidate): boolean {
  const isAll = a.run === null || a.value.length >= 0.6 * (a.end - a.start)
  return isAll && a.start <= b.start && a.end >= b.end
}

function isSibling(a: Candidate, b: Candidate): boolean {
  return a.run !== null && a.run === b.run && a.value !== b.value
}
