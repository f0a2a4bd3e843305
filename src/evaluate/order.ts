import type { GateId } from '../model/finding.ts'

interface Placed {
  readonly gate: GateId | 'policy'
  readonly path: string | null
  readonly startLine?: number | null
  readonly startColumn?: number | null
  readonly rule?: string
  readonly reason?: string
  readonly fingerprint?: string
}

const gates: readonly Placed['gate'][] = ['policy', 'secrets', 'iac', 'signatures', 'reviews']

/** Gate, path, line, column, rule; what has no path first. The same on every machine: text is compared by code unit. */
export function inOrder(one: Placed, other: Placed): number {
  return (
    gates.indexOf(one.gate) - gates.indexOf(other.gate) ||
    byText(one.path, other.path) ||
    (one.startLine ?? 0) - (other.startLine ?? 0) ||
    (one.startColumn ?? 0) - (other.startColumn ?? 0) ||
    byText(one.rule, other.rule) ||
    byText(one.reason, other.reason) ||
    byText(one.fingerprint, other.fingerprint)
  )
}

function byText(one: string | null | undefined, other: string | null | undefined): number {
  const [first, second] = [one ?? '', other ?? '']
  if (first === second) return 0
  return first < second ? -1 : 1
}
