import { displayWidth, padTo, wrap } from './display-width.ts'
import type { Paint, Style } from './paint.ts'

/**
 * Markdown of a check run as lines for a terminal: headings, lists, tables, folds, bold and code. Everything else is
 * left as it is written. Folds are shown closed, as one line.
 */
export function markdownToText(
  markdown: string,
  { columns, paint }: { columns: number; paint: Paint },
): string[] {
  const blocks = blocksOf(markdown)
  const shown = blocks.map((block) => textOf(block, { columns, paint }))
  return shown.flatMap((lines, index) => {
    const isList = index > 0 && blocks[index]?.kind === 'item' && blocks[index - 1]?.kind === 'item'
    return index === 0 || isList ? lines : ['', ...lines]
  })
}

interface Page {
  readonly columns: number
  readonly paint: Paint
}

type Block =
  | { readonly kind: 'heading' | 'paragraph' | 'small' | 'fold'; readonly text: string }
  | { readonly kind: 'item'; readonly mark: string; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] }

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = []
  const lines = markdown.split('\n')
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? ''
    const taken = extent(lines, at)
    if (line.trim() !== '') blocks.push(...blockOf(lines.slice(at, at + taken)))
    at += taken
  }
  return blocks
}

/** How many lines from here belong together. */
function extent(lines: readonly string[], at: number): number {
  const rest = lines.slice(at)
  const [first = ''] = rest
  const until = (isAfter: (line: string) => boolean) => {
    const found = rest.findIndex((line, index) => index > 0 && isAfter(line))
    return found === -1 ? rest.length : found
  }
  const fence = /^(`{3,})/.exec(first)?.[1]
  if (fence !== undefined) return until((line) => line === fence) + 1
  if (first.startsWith('<details')) return until((line) => line.trim() === '</details>') + 1
  if (first.startsWith('|')) return until((line) => !line.startsWith('|'))
  return 1
}

const forms: readonly (readonly [RegExp, (found: Readonly<Record<string, string>>) => Block])[] = [
  [/^#{1,6} (?<text>.*)$/, ({ text = '' }) => ({ kind: 'heading', text })],
  [
    /^(?<mark>\d+\.|[-*]) (?<text>.*)$/,
    ({ mark = '', text = '' }) => ({ kind: 'item', mark: bullet(mark), text }),
  ],
  [/^<sub>(?<text>.*)<\/sub>$/, ({ text = '' }) => ({ kind: 'small', text })],
  [/^<details.*?><summary>(?<text>.*)<\/summary>/, ({ text = '' }) => ({ kind: 'fold', text })],
]

function blockOf(lines: readonly string[]): Block[] {
  const [first = ''] = lines
  if (first.startsWith('```'))
    return [{ kind: 'code', lines: lines.slice(1).filter((line) => !/^`{3,}$/.test(line)) }]
  if (first.startsWith('|'))
    return [{ kind: 'table', rows: lines.filter((line) => !isRule(line)).map(cellsOf) }]
  for (const [form, make] of forms) {
    const found = form.exec(first)
    if (found !== null) return [make({ ...found.groups })]
  }
  return [{ kind: 'paragraph', text: first }]
}

function bullet(mark: string): string {
  return mark === '-' || mark === '*' ? '•' : mark
}

/** `| --- | :-: |`, the line below a table's head. */
function isRule(line: string): boolean {
  return /^\|(?: *:?-+:? *\|)+$/.test(line)
}

function cellsOf(line: string): string[] {
  const cells = line
    .replace(/^\|/, '')
    .replace(/\|\s*$/, '')
    .split(/(?<!\\)\|/)
  return cells.map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'))
}

function textOf(block: Block, page: Page): string[] {
  const { columns, paint } = page
  switch (block.kind) {
    case 'heading':
      return wrap(inline(block.text, paint, 'bold'), columns)
    case 'paragraph':
      return wrap(inline(block.text, paint), columns)
    case 'small':
      return wrap(inline(block.text, paint, 'dim'), columns)
    case 'fold':
      return wrap(`▸ ${inline(block.text, paint)}`, columns, '  ')
    case 'item':
      return wrap(`${block.mark} ${inline(block.text, paint)}`, columns, ' '.repeat(block.mark.length + 1))
    case 'code':
      return block.lines.map((line) => `  ${line}`)
    case 'table':
      return tableText(block.rows, page)
  }
}

/** The last column takes what the others leave, and is broken where that is too little. */
function tableText(rows: readonly (readonly string[])[], { columns, paint }: Page): string[] {
  const cells = rows.map((row, index) => row.map((cell) => inline(cell, paint, index === 0 ? 'dim' : null)))
  const before = (cells[0] ?? []).slice(0, -1)
  const widths = before.map((_, at) => Math.max(...cells.map((row) => displayWidth(row[at] ?? ''))))
  const indent = ' '.repeat(widths.reduce((sum, width) => sum + width + 2, 0))
  return cells.flatMap((row) => {
    const start = widths.map((width, at) => `${padTo(row[at] ?? '', width)}  `).join('')
    const [first = '', ...more] = wrap(row.at(-1) ?? '', Math.max(20, columns - indent.length))
    return [`${start}${first}`.trimEnd(), ...more.map((line) => indent + line)]
  })
}

/** Code spans, bold, links and the little HTML that a check run has. */
function inline(markdown: string, paint: Paint, around: Style | null = null): string {
  let text = ''
  let at = 0
  for (const found of markdown.matchAll(span)) {
    text +=
      painted(entities(markdown.slice(at, found.index)), around, paint) +
      spanText({ ...found.groups }, paint, around)
    at = found.index + found[0].length
  }
  return text + painted(entities(markdown.slice(at)), around, paint)
}

const span =
  /(?<fence>`+)(?<code>.*?[^`])\k<fence>(?!`)|<code>(?<html>.*?)<\/code>|\*\*(?<bold>.+?)\*\*|<b>(?<strong>.*?)<\/b>|\[(?<label>[^\]]*)\]\((?<target>[^)]*)\)|\\(?<escaped>[!-/:-@[-`{-~])/g

function spanText(found: Readonly<Record<string, string>>, paint: Paint, around: Style | null): string {
  const { code, html, bold, strong, label, target, escaped } = found
  if (code !== undefined) return painted(code.replace(/^ (.*[^ ].*) $/, '$1'), 'code', paint)
  if (html !== undefined) return painted(entities(html), 'code', paint)
  const loud = bold ?? strong
  if (loud !== undefined) return inline(loud, paint, 'bold')
  if (label !== undefined) return painted(`${label} (${target})`, around, paint)
  return painted(escaped ?? '', around, paint)
}

/** Each word is painted alone, so that a line can break between any two. */
function painted(text: string, style: Style | null, paint: Paint): string {
  return style === null ? text : text.replaceAll(/[^ ]+/g, (word) => paint(style, word))
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function entities(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => characters[name] ?? whole)
}
