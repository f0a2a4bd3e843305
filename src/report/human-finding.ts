import type { VerdictFinding } from '../model/verdict.ts'
import { terminal } from './escape/terminal.ts'
import type { Paint } from './paint.ts'
import { placeOf, previewOf, short } from './words.ts'
import { width, wrap } from './wrap.ts'

interface Given {
  readonly paint: Paint
  /** Rules of which it was said where more can be read; added to. */
  readonly explained: Set<string>
}

const maxPlaces = 20

/** One finding: where, how bad, what; then why and what to do. */
export function findingText(finding: VerdictFinding, { paint, explained }: Given): string {
  const lines = [...headLines(finding, paint), ...wrap(terminal(finding.message), '  ')]
  const preview = previewOf(finding)
  if (preview !== null) lines.push(`  looks like ${terminal(preview)}`)
  lines.push(...commitLine(finding), ...resourceLine(finding), ...placeLines(finding))
  lines.push(...wrap(terminal(finding.remediation), '  fix: '))
  if (!explained.has(finding.rule)) lines.push(`  why: portcullis rules ${terminal(finding.rule)}`)
  explained.add(finding.rule)
  return lines.join('\n')
}

/** The rule at the right edge where there is room for it, else on a line of its own. */
function headLines(finding: VerdictFinding, paint: Paint): string[] {
  const place = terminal(placeOf(finding) ?? whereElse(finding))
  const level = levelOf(finding)
  const painted = paint(finding.blocks ? 'red' : 'yellow', level)
  const title = terminal(finding.title)
  const rule = terminal(finding.rule)
  const left = `${place}  ${level}  ${title}`
  const gap = width - left.length - rule.length
  const begin = `${paint('bold', place)}  ${painted}`
  if (gap >= 2) return [`${begin}  ${title}${' '.repeat(gap)}${rule}`]
  const rest = left.length <= width ? [`${begin}  ${title}`] : [begin, ...wrap(title, '  ')]
  return [...rest, `  ${rule}`]
}

function whereElse({ commit, gate }: VerdictFinding): string {
  return commit === null ? gate : `commit ${short(commit)}`
}

/** What blocks is an error, what is open but does not is a note; the rest says why it does not count. */
function levelOf({ blocks, status }: VerdictFinding): string {
  if (blocks) return 'error'
  return { open: 'note', waived: 'waived', baseline: 'in the baseline' }[status]
}

function commitLine({ commit, path, inHistoryOnly }: VerdictFinding): string[] {
  if (commit === null || path === null) return []
  return [
    `  commit ${short(commit)}${inHistoryOnly === true ? ' (removed since, still in the history)' : ''}`,
  ]
}

function resourceLine({ resource }: VerdictFinding): string[] {
  return resource === null ? [] : [`  object ${terminal(resource)}`]
}

function placeLines({ places }: VerdictFinding): string[] {
  const lines = places.slice(0, maxPlaces).map(({ path, startLine, commit }) => {
    const from = commit === null ? '' : `, commit ${short(commit)}`
    return `  also ${terminal(`${path}:${startLine}`)}${from}`
  })
  if (places.length > maxPlaces) lines.push(`  and ${places.length - maxPlaces} more places`)
  return lines
}
