import type { Verdict, VerdictFinding, VerdictSkip } from '../model/verdict.ts'
import { answerOf } from './answer.ts'
import { commandData, commandProperty } from './escape/workflow-command.ts'
import { skipGroups } from './skip-groups.ts'
import type { SkipGroup } from './skip-groups.ts'
import { count, worstFirst } from './words.ts'

/**
 * Workflow commands: GitHub Actions turns them into annotations. Every line is one command; the runner shows ten errors and
 * ten warnings of a step, so the worst come first and the answer before all.
 */
export function github(verdict: Verdict): string {
  const lines = [
    answer(verdict),
    ...worstFirst(verdict.findings).map(command),
    ...skipGroups(verdict.skips).map(skip),
  ]
  return `${lines.join('\n')}\n`
}

const words = { pass: 'Passed', fail: 'Blocked', waiting: 'Waiting for', error: 'Cannot evaluate' } as const

function answer(verdict: Verdict): string {
  const { outcome } = verdict
  const { what, next } = answerOf(verdict)
  const separator = outcome === 'waiting' ? '' : ':'
  const level = outcome === 'pass' ? 'notice' : 'error'
  return line(
    level,
    ['title=Portcullis'],
    `${words[outcome]}${separator} ${what[0]}${next === null ? '' : ` (${next})`}`,
  )
}

function command(finding: VerdictFinding): string {
  const { rule, title, message, remediation, blocks } = finding
  const properties = [`title=${commandProperty(`${title} – ${rule}`)}`, ...placeOf(finding)]
  return line(blocks ? 'error' : 'notice', properties, `${message}\nFix: ${remediation}`)
}

/** No line where the head no longer has it: the annotation would stand at an innocent one. */
function placeOf(finding: VerdictFinding): string[] {
  const { path, startLine, endLine, startColumn, endColumn, side } = finding
  if (path === null || side !== 'head' || finding.inHistoryOnly === true) return []
  const properties = [`file=${commandProperty(path)}`]
  if (startLine === null) return properties
  const end = Math.max(startLine, endLine ?? startLine)
  properties.push(`line=${startLine}`, `endLine=${end}`)
  if (startLine === end && startColumn !== null && endColumn !== null)
    properties.push(`col=${startColumn}`, `endColumn=${Math.max(startColumn, endColumn)}`)
  return properties
}

function skip(group: SkipGroup): string {
  const [{ gate, path, reason, blocks }] = group
  const properties = [`title=${commandProperty(`Not looked at (${gate})`)}`]
  const about = group.length > 1 ? `${filesOf(group)}: ` : path === null ? '' : `${path}: `
  return line(blocks ? 'error' : 'warning', properties, `${about}${reason}`)
}

function filesOf(group: SkipGroup): string {
  const shown = group.slice(0, 5).map(({ path }: VerdictSkip) => path ?? 'the change as a whole')
  if (group.length > 5) shown.push(`and ${count(group.length - 5, 'more file')}`)
  return shown.join(', ')
}

function line(level: 'error' | 'warning' | 'notice', properties: readonly string[], message: string): string {
  return `::${level} ${properties.join(',')}::${commandData(message)}`
}
