import { sentence } from './sentence.ts'
import { visible } from './visible.ts'

/**
 * Text from outside as a code span: the only form in which Markdown takes it literally, so that nothing in it is a link,
 * an image, a mention or HTML. https://github.github.com/gfm/#code-spans
 */
export function code(text: string): string {
  const shown = visible(text)
  if (shown.trim() === '') return '`(empty)`'
  const fence = '`'.repeat(longestRun(shown) + 1)
  // One space on both sides is taken away again by the reader; so a text that has its own needs another.
  const pad = /^`|`$|^ .* $/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** Text from outside as a block, line by line. The fence is longer than any run of backticks inside. */
export function block(text: string): string {
  const lines = text.replace(/\n+$/, '').split(/\r?\n/).map(visible)
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}text\n${lines.join('\n')}\n${fence}`
}

/** One of our sentences, which may quote names: plain words as they are, all else as code spans. */
export function prose(text: string): string {
  return sentence(text, code)
}

/** A table. The cells are Markdown already; a bar in one, which can only be inside a code span, does not end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n')
}

/**
 * `\|` is a bar inside a cell, and only there. Behind a backslash readers disagree on what it is, so there the bar is
 * written as a code. https://github.github.com/gfm/#example-200
 */
function cell(markdown: string): string {
  return markdown.replaceAll(/(\\?)\|/g, (_bar, backslash: string) => (backslash === '' ? '\\|' : '\\\\x7c'))
}

function longestRun(text: string): number {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}
