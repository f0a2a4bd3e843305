import type { GateId, Severity } from './finding.ts'

/** One thing that a gate looks for, as people read about it: in the catalogue, on its page, beside a finding. */
export interface RuleEntry {
  readonly id: string
  readonly gate: GateId
  readonly title: string
  readonly severity: Severity
  /** What an attacker or an accident does with it. */
  readonly rationale: string
  /** An order that starts with a verb. */
  readonly remediation: string
  readonly references: readonly string[]
  /** Texts that a person may read: a secret in them is a preview. */
  readonly examples: { readonly fail: readonly string[]; readonly pass: readonly string[] }
}
