import type { Verdict, VerdictGate } from '../model/verdict.ts'
import { prose, table } from './escape/markdown.ts'
import { resultOf } from './gate-result.ts'
import { shorten } from './shorten.ts'

const marks = { pass: '✅', fail: '❌', waiting: '⏳', error: '⛔', 'not-evaluated': '➖' } as const

/** Every gate with its result, those that were not evaluated too. */
export function gateTable(verdict: Verdict): string {
  return table(
    ['Gate', 'Result', 'Looked at'],
    verdict.gates.map((gate) => row(gate, verdict)),
  )
}

function row(gate: VerdictGate, verdict: Verdict): string[] {
  const about = prose(shorten(gate.lookedAt, 200))
  const name = `${marks[gate.outcome]} ${gate.gate}`
  return [name, resultOf(gate, verdict), about]
}
