import type { CheckRun } from '../github-simulator/state.ts'
import { diffWithNotes } from './diff-with-notes.ts'
import { markdownToText } from './markdown-to-text.ts'
import type { Style } from './paint.ts'
import { width } from './print.ts'
import type { Print } from './print.ts'
import type { Stage } from './stage.ts'

/** A bar and two spaces before each line of a panel. */
const columns = width - 4

const looks: Readonly<Record<string, readonly [string, Style]>> = {
  success: ['✅', 'green'],
  failure: ['❌', 'red'],
  action_required: ['⏳', 'yellow'],
}

/** The answer alone, as the merge box shows it: name, conclusion and title. */
export function headOf(run: CheckRun, { paint }: Print): string[] {
  const state = run.conclusion ?? run.status
  const [mark, style] = looks[state] ?? ['•', 'dim']
  return [`${mark} ${paint('bold', run.name)}  ${paint(style, state)}`, paint('bold', run.title ?? '')]
}

/**
 * The check run as its page at GitHub shows it: title, conclusion, summary, evidence folded, buttons. Of what stood word
 * for word in an earlier one, only that it is left out is said.
 */
export function checkRunPage(run: CheckRun, print: Print, earlier?: CheckRun): string[] {
  const known = new Set(earlier?.summary?.split('\n\n'))
  const parts = `${run.summary ?? ''}\n\n${run.text ?? ''}`.trim().split('\n\n')
  const shown = parts.filter((part) => !known.has(part))
  const leftOut =
    shown.length < parts.length
      ? ['', print.paint('dim', '(and what the check said above, word for word)')]
      : []
  return [
    ...headOf(run, print),
    '',
    ...markdownToText(shown.join('\n\n'), { columns, paint: print.paint }),
    ...leftOut,
    '',
    run.actions.map(({ label }) => `[ ${label} ]`).join(' '),
  ]
}

/** Why it says so, where that is no matter of the change itself: the folds of the evidence, open. */
export function reasons(run: CheckRun, { paint }: Print): string[] {
  const open = (run.text ?? '').replaceAll(/<details[^>]*><summary>(.*?)<\/summary>|<\/details>/g, '$1')
  return ['', ...markdownToText(open, { columns, paint })]
}

/** The files that have notes, as the tab "Files changed" shows them. */
export async function annotatedFiles(stage: Stage, run: CheckRun, { paint }: Print): Promise<string[]> {
  const lines: string[] = []
  for (const path of new Set(run.annotations.map((note) => note.path))) {
    const range = `${stage.pull.baseSha}...${run.suite.headSha}`
    const diff = await stage.git(['diff', '--unified=2', range, '--', path])
    const notes = run.annotations.filter((note) => note.path === path)
    lines.push(paint('code', path), ...diffWithNotes(diff, notes, { columns, paint }))
  }
  return lines
}
