import { wrap } from './display-width.ts'
import type { Paint } from './paint.ts'

/** A note on lines of a file, as a check run has it. Lines count from 1. */
export interface Note {
  readonly start_line: number
  readonly end_line: number
  readonly annotation_level: string
  readonly title?: string | undefined
  readonly message: string
}

/** A unified diff of one file with the numbers of its new lines, and each note below the last line that it is about. */
export function diffWithNotes(
  diff: string,
  notes: readonly Note[],
  { columns, paint }: { columns: number; paint: Paint },
): string[] {
  const shown: string[] = []
  let next = 0
  for (const line of diff.split('\n')) {
    const start = /^@@ -\S+ \+(\d+)/.exec(line)?.[1]
    if (start !== undefined) next = Number(start)
    // What stands before the first hunk names the file, which the reader knows.
    if (start !== undefined || next === 0 || !/^[ +-]/.test(line)) continue
    const isRemoved = line.startsWith('-')
    shown.push(diffLine(line, isRemoved ? '' : String(next), paint))
    if (isRemoved) continue
    for (const note of notes)
      if (note.end_line === next)
        shown.push(...noteLines(note, { columns, paint }).map((text) => `       ${text}`))
    next += 1
  }
  return shown
}

function diffLine(line: string, number: string, paint: Paint): string {
  const text = `${number.padStart(4)} ${line}`
  if (line.startsWith('+')) return paint('green', text)
  return line.startsWith('-') ? paint('red', text) : text
}

function noteLines(note: Note, { columns, paint }: { columns: number; paint: Paint }): string[] {
  const { annotation_level: level, title = '', message } = note
  const paragraphs = message.split('\n').filter((line) => line.trim() !== '')
  const text = [`${paint(level === 'failure' ? 'red' : 'yellow', `▲ ${level}`)}  ${paint('bold', title)}`]
  return [
    ...text,
    ...paragraphs.flatMap((paragraph) => wrap(paragraph, columns - 9).map((line) => `  ${line}`)),
  ]
}
