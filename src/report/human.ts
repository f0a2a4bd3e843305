import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import { answerOf } from './answer.ts'
import { terminal } from './escape/terminal.ts'
import type { FormatOptions } from './formats.ts'
import { resultOf } from './gate-result.ts'
import { findingText } from './human-finding.ts'
import { skipTexts } from './human-skips.ts'
import { painter } from './paint.ts'
import type { Paint } from './paint.ts'
import { count, policySource, short } from './words.ts'
import { wrap } from './wrap.ts'

/** For a person at a terminal, in 100 columns. Colour only repeats what the words say. */
export function human(verdict: Verdict, options: FormatOptions): string {
  const paint = painter(options.color)
  const explained = new Set<string>()
  const findings = verdict.findings.filter((finding) => isShown(finding, options))
  const parts = [
    options.isQuiet ? '' : headLine(verdict),
    ...findings.map((finding) => findingText(finding, { paint, explained })),
    ...skipTexts(verdict, { paint, isQuiet: options.isQuiet, isVerbose: options.isVerbose }),
    ...verdict.waiting.map((missing) => waitingText(missing, paint)),
    options.isQuiet ? '' : gateTexts(verdict),
    lastLine(verdict, paint),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function isShown({ status, blocks }: VerdictFinding, { isQuiet, isVerbose }: FormatOptions): boolean {
  if (blocks) return true
  return status === 'open' ? !isQuiet : isVerbose
}

function headLine(verdict: Verdict): string {
  const { tool, subject } = verdict
  const source = policySource(verdict)
  const policy = source === null ? 'no valid policy' : `policy ${terminal(source)}`
  const parts = [`portcullis ${terminal(tool.version)}`, policy]
  const files = count(subject.files, 'file')
  if (subject.kind === 'tree') parts.push(files)
  else parts.push(`${short(subject.base)}..${short(subject.head)}`)
  if (subject.commits > 0) parts.push(`${count(subject.commits, 'commit')}, ${files}`)
  return parts.join('  ')
}

const maxPeople = 10

function waitingText({ requirement, needs, has, who }: Verdict['waiting'][number], paint: Paint): string {
  const shown = who.slice(0, maxPeople).map(terminal)
  if (who.length > maxPeople) shown.push(`${who.length - maxPeople} more`)
  const people = wrap(shown.length === 0 ? 'nobody' : shown.join(', '), '  can be given by ')
  const counted = `${has} of ${count(needs, 'approval')}`
  return [`reviews  ${paint('yellow', 'waiting')}  ${terminal(requirement)}: ${counted}`, ...people].join(
    '\n',
  )
}

function gateTexts(verdict: Verdict): string {
  const rows = verdict.gates.map((gate) => ({ gate, result: resultOf(gate, verdict) }))
  const widest = Math.max(...rows.map(({ result }) => result.length))
  return rows
    .flatMap(({ gate: { gate, lookedAt }, result }) =>
      wrap(terminal(lookedAt), `${gate.padEnd(12)}${result.padEnd(widest)}  `),
    )
    .join('\n')
}

const words = { pass: 'PASSED', fail: 'BLOCKED', waiting: 'WAITING', error: 'NOT EVALUATED' } as const

function lastLine(verdict: Verdict, paint: Paint): string {
  const word = words[verdict.outcome]
  const { what, next } = answerOf(verdict)
  const numberOf = (status: VerdictFinding['status']) =>
    verdict.findings.filter((finding) => finding.status === status && !finding.blocks).length
  const parts = [verdict.outcome === 'waiting' ? `for ${terminal(what[0])}` : terminal(what[0])]
  const notes = numberOf('open')
  if (notes > 0) parts.push(count(notes, 'note'))
  if (numberOf('baseline') > 0) parts.push(`${numberOf('baseline')} in the baseline`)
  if (numberOf('waived') > 0) parts.push(`${numberOf('waived')} waived`)
  // Whoever reads a terminal has the change in hand, so of a finding it need not be said who acts.
  const isOthers = next !== null && (verdict.outcome === 'waiting' || verdict.outcome === 'error')
  const text = `${parts.join(', ')}${isOthers ? ` (${terminal(next)})` : ''}`
  const [first = '', ...more] = wrap(text, `${word}  `)
  const color = verdict.outcome === 'pass' ? 'green' : 'red'
  return [`${paint(color, word)}${first.slice(word.length)}`, ...more].join('\n')
}
