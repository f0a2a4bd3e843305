import type { Verdict, VerdictSkip } from '../model/verdict.ts'
import { terminal } from './escape/terminal.ts'
import type { Paint } from './paint.ts'
import { skipGroups } from './skip-groups.ts'
import type { SkipGroup } from './skip-groups.ts'
import { count } from './words.ts'
import { wrap } from './wrap.ts'

interface Given {
  readonly paint: Paint
  readonly isQuiet: boolean
  readonly isVerbose: boolean
}

const maxPaths = 5

/** What was not looked at, one block for each reason; `--verbose` names every file. */
export function skipTexts({ skips }: Verdict, { paint, isQuiet, isVerbose }: Given): string[] {
  return skipGroups(skips)
    .filter(([{ blocks }]) => blocks || !isQuiet)
    .map((group) => text(group, { paint, most: isVerbose ? group.length : maxPaths }))
}

function text(group: SkipGroup, { paint, most }: { paint: Paint; most: number }): string {
  const [{ gate, blocks, reason }] = group
  const level = blocks ? paint('red', 'error') : paint('yellow', 'note')
  const what = gate === 'policy' ? '' : 'not looked at: '
  const head = `${gate}  ${level}  ${what}${subject(group)}`
  const files = group.length < 2 ? [] : filesOf(group, most)
  return [head, ...files, ...reasonLines(reason)].join('\n')
}

function subject(group: SkipGroup): string {
  const [{ path }] = group
  if (group.length > 1) return count(group.length, 'file')
  return path === null ? 'the change as a whole' : terminal(path)
}

function filesOf(group: SkipGroup, most: number): string[] {
  const lines = group
    .slice(0, most)
    .map(({ path }: VerdictSkip) => `  ${terminal(path ?? 'the change as a whole')}`)
  if (group.length > most)
    lines.push(`  and ${count(group.length - most, 'more file')} (--verbose names them)`)
  return lines
}

/** Mistakes in a policy come with the lines at fault and a caret under each, which must not be wrapped. */
function reasonLines(reason: string): string[] {
  if (!reason.includes('\n')) return wrap(terminal(reason), '  ')
  const lines = reason.replace(/\n+$/, '').split(/\r?\n/)
  return lines.map((line) => `  ${terminal(line)}`.trimEnd())
}
