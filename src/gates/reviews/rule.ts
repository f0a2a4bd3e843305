import type { Severity } from '../../model/finding.ts'

/** What a finding about reviews is, in words. What the fields mean to a person: style.md, "A rule". */
export interface ReviewRule {
  /** `reviews/name`, which is also its path under rules/. */
  readonly id: string
  readonly title: string
  /** `info` never blocks. */
  readonly severity: Severity
  readonly rationale: string
  readonly remediation: string
  readonly references: readonly string[]
}
