import type { RuleEntry } from '../../model/rule.ts'
import { previewing } from './fake.ts'
import { rules } from './rules/index.ts'

/** The rules as people read about them. Nothing in it looks like a secret, not even in the examples. */
export function catalogue(): RuleEntry[] {
  return rules.map(({ id, title, severity, rationale, remediation, references, examples }) => ({
    id,
    gate: 'secrets',
    title,
    severity,
    rationale: rationale.trim().replaceAll(/\s+/g, ' '),
    remediation,
    references,
    examples: { fail: examples.fail(previewing), pass: examples.pass(previewing) },
  }))
}
