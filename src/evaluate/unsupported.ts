import type { GateId } from '../model/finding.ts'
import type { GateResult } from '../model/gate.ts'
import type { Policy } from '../model/policy.ts'

/**
 * What a policy asks for and this version cannot do yet. It blocks: a requirement that nobody checks must not look met.
 * Null where the gate can do all that is asked.
 */
export function unsupported(gate: GateId, policy: Policy): GateResult | null {
  const { signatures, iac } = policy.gates
  if (gate === 'signatures') {
    if (signatures.require === 'never')
      return { kind: 'not-evaluated', reason: 'this version verifies no signatures' }
    return blocked(
      `gates.signatures.require is ${signatures.require}, and this version verifies no signatures`,
    )
  }
  if (gate === 'iac' && iac.custom.length > 0)
    return blocked('gates.iac.custom has rules, and this version runs no custom rules')
  return null
}

function blocked(reason: string): GateResult {
  const skips = [
    { path: null, reason: `${reason}. Remove it from the policy until it is supported`, blocks: true },
  ]
  return { kind: 'evaluated', findings: [], skips, waiting: [], lookedAt: 'nothing' }
}
