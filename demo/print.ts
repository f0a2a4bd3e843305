import type { Writable } from 'node:stream'

import { wrap } from './display-width.ts'
import { painter } from './paint.ts'
import type { Paint } from './paint.ts'

/** No line is longer. */
export const width = 100

/** What the demo writes on, and how. */
export interface Print {
  readonly paint: Paint
  /** Whether what we start may write in colour, too. */
  readonly hasColor: boolean
  /** A numbered heading. */
  step(title: string): void
  /** A paragraph of our own words. */
  say(text: string): void
  /** A command and what it wrote, as they look at a prompt. */
  command(line: string, output: string): void
  /** Lines that hang on a bar: what GitHub shows. */
  panel(lines: readonly string[]): void
  bullets(texts: readonly string[]): void
  /** All that was printed. */
  printed(): string
}

/** Colour only on a terminal, and not where NO_COLOR is set (https://no-color.org). */
export function printTo(out: Writable & { isTTY?: boolean }, noColor: string | undefined): Print {
  const hasColor = out.isTTY === true && (noColor === undefined || noColor === '')
  const paint = painter(hasColor)
  let printed = ''
  const write = (texts: readonly string[]) => {
    const text = texts.map((line) => `${line.trimEnd()}\n`).join('')
    printed += text
    out.write(text)
  }
  /** An empty line before and after, but never two. */
  const apart = (texts: readonly string[]) =>
    write(printed === '' || printed.endsWith('\n\n') ? [...texts, ''] : ['', ...texts, ''])
  let steps = 0
  return {
    paint,
    hasColor,
    printed: () => printed,
    step(title) {
      steps += 1
      write([...(printed.endsWith('\n\n') ? [] : ['']), paint('bold', `${steps}. ${title}`)])
    },
    say: (text) => write(wrap(text, width)),
    bullets: (texts) => write(texts.flatMap((text) => wrap(`- ${text}`, width, '  '))),
    command: (line, output) =>
      apart([`${paint('dim', '$')} ${paint('code', line)}`, ...output.trimEnd().split('\n')]),
    panel: (texts) => apart(texts.map((text) => `  ${paint('dim', '│')} ${text}`)),
  }
}

/** With a space at which no line is broken. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)}\u00a0s`
}
