import type { ReportingDescriptor } from 'sarif'

import type { Severity } from '../model/finding.ts'
import type { VerdictFinding } from '../model/verdict.ts'
import { sarifMessage } from './escape/sarif-message.ts'

/** GitHub reads a number from 0 to 10 as `security-severity`: from 9.0 critical, 7.0 high, 4.0 medium, else low. */
const scores: Record<Severity, string> = {
  critical: '9.5',
  error: '8.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
}

/** Each rule that found something, in the order in which the findings name them. */
export function rulesOf(findings: readonly VerdictFinding[]): ReportingDescriptor[] {
  const first = new Map<string, VerdictFinding>()
  for (const finding of findings) if (!first.has(finding.rule)) first.set(finding.rule, finding)
  return [...first.values()].map(({ rule, title, remediation, severity, gate }) => ({
    id: rule,
    shortDescription: { text: sarifMessage(title) },
    fullDescription: { text: sarifMessage(title) },
    help: { text: sarifMessage(remediation) },
    properties: { tags: ['security', gate], 'security-severity': scores[severity] },
  }))
}
