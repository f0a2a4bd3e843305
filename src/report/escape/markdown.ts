import { visible } from './visible.ts'

/**
 * Text from outside as a code span: the only form in which Markdown takes it literally, so that nothing in it is a link,
 * an image, a mention or HTML. Longer fences than any run of backticks inside; safe in a table, where even in code a
 * bar ends the cell. https://github.github.com/gfm/#code-spans
 */
export function code(text: string): string {
  const shown = visible(text).replaceAll('|', '\\|')
  if (shown.trim() === '') return '`(empty)`'
  const runs = shown.match(/`+/g) ?? []
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(({ length }) => length)))
  const pad = shown.startsWith('`') || shown.endsWith('`') || /^ .* $/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** Text from outside as a block, each line escaped. The fence is longer than any run of backticks inside. */
export function block(text: string, language = 'text'): string {
  const lines = text.split('\n').map(visible)
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)))
  return `${fence}${language}\n${lines.join('\n')}\n${fence}`
}

/** Our own sentences, which may quote names: everything that Markdown or HTML would read is escaped. */
export function prose(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')
    .replaceAll('@', '@\u2060')
    .replaceAll('://', ':\u2060//')
}
