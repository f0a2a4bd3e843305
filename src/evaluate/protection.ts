import { protectionRules } from '../gates/reviews/protection-rules.ts'
import type { Finding } from '../model/finding.ts'
import type { GateResult } from '../model/gate.ts'
import type { Guarantee, ProtectionInput } from '../model/inspection.ts'
import type { Skip } from '../model/skip.ts'
import { digest } from '../std/digest.ts'

type Evaluated = Extract<GateResult, { kind: 'evaluated' }>

/**
 * Adds to the result of the reviews what the branch's protection lacks: approvals hold nothing back on a branch that can be
 * changed without them. What is unknown is never taken for granted.
 */
export function withProtection(result: GateResult, protection: ProtectionInput): GateResult {
  if (result.kind === 'not-evaluated' || protection.kind === 'not-asked') return result
  if (protection.kind === 'unread') {
    const reason = `What protects ${protection.branch} was not read, and protection.fail_on_drift asks for it`
    return add(result, { findings: [], skips: [{ path: null, reason, blocks: true }] })
  }
  const findings = new Map<string, Finding>()
  const reasons = new Set<string>()
  for (const { check, inspection } of protection.inspections)
    for (const guarantee of inspection.guarantees) {
      if (guarantee.holds === 'unknown') reasons.add(`${guarantee.message} ${guarantee.remediation}`)
      if (guarantee.holds !== 'no') continue
      const finding = findingOf(guarantee, inspection.branch, check)
      findings.set(finding.fingerprint, finding)
    }
  const skips = [...reasons].map((reason): Skip => ({ path: null, reason, blocks: true }))
  return add(result, { findings: [...findings.values()], skips })
}

function add(result: Evaluated, found: Pick<Evaluated, 'findings' | 'skips'>): Evaluated {
  return {
    ...result,
    findings: [...result.findings, ...found.findings],
    skips: [...result.skips, ...found.skips],
    lookedAt: `${result.lookedAt}, protection of the branch`,
  }
}

function findingOf({ id, message, remediation }: Guarantee, branch: string, check: string): Finding {
  const rule = protectionRules[id]
  // Two checks of one branch share what is not about a check.
  const identity = id === 'check-required' || id === 'check-pinned' ? [branch, check] : [branch]
  return {
    rule: rule.id,
    gate: 'reviews',
    severity: rule.severity,
    title: rule.title,
    message,
    remediation,
    path: null,
    startLine: null,
    startColumn: null,
    endLine: null,
    endColumn: null,
    side: 'base',
    commit: null,
    resource: null,
    places: [],
    fingerprint: digest(rule.id, ...identity),
    preview: null,
  }
}
