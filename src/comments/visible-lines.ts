/**
 * The lines of a paragraph that do not begin inside inline code, an HTML comment or an HTML tag, each of which may go over
 * lines. Takes time that grows with the length alone, whatever is written.
 * https://github.github.com/gfm/#code-spans, https://github.github.com/gfm/#raw-html
 */
export function visibleLines(lines: readonly string[]): string[] {
  const text = lines.join('\n')
  const spans = spansOf(text)
  const visible: string[] = []
  let [start, at] = [0, 0]
  for (const line of lines) {
    while ((spans[at]?.end ?? Infinity) <= start) at += 1
    const span = spans[at]
    if (span === undefined || span.start >= start) visible.push(line)
    start += line.length + 1
  }
  return visible
}

/** From the first character to the one after the last. */
interface Span {
  readonly start: number
  readonly end: number
}

/** What may begin a span: a backslash takes the next character's meaning away. */
const opening = /\\[\s\S]|`+|<!--|<[A-Za-z/?!]/g

function spansOf(text: string): Span[] {
  const closings = { code: closingRuns(text), comment: finder(text, '-->'), tag: finder(text, '>') }
  const spans: Span[] = []
  opening.lastIndex = 0
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const end = endOf(match, closings)
    if (end === null) continue
    spans.push({ start: match.index, end })
    opening.lastIndex = end
  }
  return spans
}

/** Where something ends that begins at or after a place; asked for growing places only. */
type Finder = (from: number) => number | null

interface Closings {
  readonly code: (length: number, from: number) => number | null
  readonly comment: Finder
  readonly tag: Finder
}

function endOf({ 0: token, index }: RegExpExecArray, closings: Closings): number | null {
  if (token.startsWith('\\')) return null
  if (token.startsWith('`')) return closings.code(token.length, index + token.length)
  // `<!-->` is a whole comment.
  return token === '<!--' ? closings.comment(index + 2) : closings.tag(index + 1)
}

/** Remembers the last answer, so that a text full of openings is not searched to its end for each. */
function finder(text: string, what: string): Finder {
  let known = text.indexOf(what)
  return (from) => {
    if (known !== -1 && known < from) known = text.indexOf(what, from)
    return known === -1 ? null : known + what.length
  }
}

/** Inline code ends at the next run of as many backticks. In it a backslash means nothing. */
function closingRuns(text: string): (length: number, from: number) => number | null {
  const runs = new Map<number, number[]>()
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const starts = runs.get(run.length)
    if (starts === undefined) runs.set(run.length, [index])
    else starts.push(index)
  }
  const next = new Map<number, number>()
  return (length, from) => {
    const starts = runs.get(length) ?? []
    let at = next.get(length) ?? 0
    while ((starts[at] ?? Infinity) < from) at += 1
    next.set(length, at)
    const start = starts[at]
    return start === undefined ? null : start + length
  }
}
