/**
 * Markdown without its code: fences, code spans and `<code>` elements each become one `␣`. What is left is what Markdown
 * and HTML act upon. By the rule of CommonMark, §6.1: a run of backticks ends at the next run that is as long.
 */
export function withoutCode(markdown: string): string {
  return withoutSpans(withoutFences(markdown).replaceAll(/<code>[^<]*<\/code>/g, '␣'))
}

/** Each code span's content, as a reader sees it. */
export function codeSpans(markdown: string): string[] {
  const spans: string[] = []
  withoutSpans(markdown, (content) => spans.push(content))
  return spans
}

function withoutFences(markdown: string): string {
  const kept: string[] = []
  let fence: string | null = null
  for (const line of markdown.split('\n')) {
    const marks: string | null = /^(`{3,})[^`]*$/.exec(line)?.[1] ?? null
    if (fence === null && marks !== null) fence = marks
    else if (fence === null) kept.push(line)
    else if (marks !== null && marks.length >= fence.length && line === marks) {
      fence = null
      kept.push('␣')
    }
  }
  if (fence !== null) throw new Error('a fence is never closed')
  return kept.join('\n')
}

function withoutSpans(markdown: string, found: (content: string) => void = () => undefined): string {
  let rest = markdown
  let out = ''
  for (;;) {
    const open = /`+/.exec(rest)
    if (open === null) return out + rest
    const from = open.index + open[0].length
    const close = [...rest.slice(from).matchAll(/`+/g)].find(([run]) => run.length === open[0].length)
    if (close === undefined) throw new Error(`a code span is never closed: ${rest}`)
    const content = rest.slice(from, from + close.index)
    const isPadded = content.startsWith(' ') && content.endsWith(' ') && content.trim() !== ''
    found(isPadded ? content.slice(1, -1) : content)
    out += `${rest.slice(0, open.index)}␣`
    rest = rest.slice(from + close.index + open[0].length)
  }
}

/** The cells of a table's row, as GitHub cuts them: at each bar that has no backslash before it. */
export function cellsOf(row: string): string[] {
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'))
  return cells.slice(1, -1)
}
