import type { Verdict, VerdictGate } from '../model/verdict.ts'
import { count } from './words.ts'

/** What a gate says, in a few words. The mark or colour beside it only repeats them. */
export function resultOf(gate: VerdictGate, { findings }: Verdict): string {
  if (gate.outcome === 'not-evaluated') return 'not evaluated'
  const blocking = findings.filter((finding) => finding.gate === gate.gate && finding.blocks).length
  const notes = gate.findings - blocking
  const parts: string[] = []
  if (blocking > 0) parts.push(`${blocking.toLocaleString('en')} blocking`)
  if (notes > 0) parts.push(count(notes, 'note'))
  if (gate.outcome === 'waiting') parts.push('waiting for approvals')
  if (gate.outcome === 'error') parts.push('not all looked at')
  return parts.length === 0 ? 'no finding' : parts.join(', ')
}
