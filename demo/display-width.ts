import { stripVTControlCharacters } from 'node:util'

/** Columns that a terminal takes for a text: colour takes none, an emoji two. */
export function displayWidth(text: string): number {
  let columns = 0
  for (const { segment } of graphemes.segment(stripVTControlCharacters(text)))
    columns += /\p{Emoji_Presentation}|\ufe0f/u.test(segment) ? 2 : 1
  return columns
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Fills a text with spaces up to a number of columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)))
}

/** Breaks a text at spaces. Every line but the first begins with `indent`; a word that is too long has a line of its own. */
export function wrap(text: string, columns: number, indent = ''): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line.trim() !== '' && displayWidth(longer) > columns) {
      lines.push(line)
      line = indent + word
    } else line = longer
  }
  return [...lines, line]
}
