import type { Excerpt } from './problem.ts'

const widest = 100

/**
 * Long runs with letters and digits look like a token, and a policy file is a place where somebody may have pasted one.
 * Names, dates and most paths are no such runs.
 */
const longRun = /[\w+/=-]{16,}/g

/** As generators make passwords, with signs or without; a name has not all three of small and capital letters and digits. */
const anyRun = /[^\s"'`,;/]{8,}/g
const mixed = [/[a-z]/, /[A-Z]/, /\d/]

/** Control and bidirectional characters rewrite a terminal or the order of what is read. */
const unprintable = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu

/** One line around a place. `column` and `endColumn` count from 1. */
export function excerptOf(line: string, column: number, endColumn: number): Excerpt {
  const whole = masked(line.replace(/\r$/, ''))
  const start = Math.max(0, Math.min(column - 1, whole.length))
  const cutAt = start > widest - 20 ? start - 20 : 0
  const text = whole.slice(cutAt, cutAt + widest)
  const length = Math.min(endColumn - column, text.length - (start - cutAt))
  return { text, caretAt: start - cutAt, caretLength: Math.max(1, length) }
}

/** Text of the same length that shows nothing of what could be a secret but its first four characters. */
export function masked(text: string): string {
  return text
    .replaceAll(unprintable, ' ')
    .replaceAll(longRun, (run) => (/\d/.test(run) && /[a-z]/i.test(run) ? hidden(run) : run))
    .replaceAll(anyRun, (run) => (mixed.every((kind) => kind.test(run)) ? hidden(run) : run))
}

/** Nothing of a short one is shown: the rest could be guessed. */
function hidden(run: string): string {
  const start = run.length < 16 ? 0 : 4
  return run.slice(0, start) + '…'.repeat(run.length - start)
}

/** A value as a message may quote it: `"two"`, `7`, `a list`. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return value.length > 40 ? 'a longer text' : `"${masked(value)}"`
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a mapping'
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'something else'
}
