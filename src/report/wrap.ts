/** What a terminal is at least expected to show on one line. */
export const width = 100

/**
 * One line cut at its spaces into lines of at most `width` characters, the first begun with `first`, the others indented
 * as far. A word that is longer stays whole, so that a path can be copied.
 */
export function wrap(text: string, first: string): string[] {
  const indent = ' '.repeat(first.length)
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (word === '') continue
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = indent
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return isEmpty ? lines : [...lines, line]
}
