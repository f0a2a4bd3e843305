/**
 * Splits a comment into paragraphs of text, and leaves out the blocks that quote, show code or are not shown: block
 * quotations with the lines that follow them lazily, fenced code, HTML comments and what an HTML tag quotes or hides.
 * Indented code needs no rule: nothing in it begins a line. Where the reading is open, the text counts as quoted.
 * https://github.github.com/gfm/#blocks-and-inlines
 */
export function paragraphs(body: string): string[][] {
  const found: string[][] = [[]]
  let block: Block | null = null
  for (const line of body.split(/\r\n|\n|\r/)) {
    if (block !== null) {
      if (block.ends(line)) block = null
      continue
    }
    block = blockAt(line)
    if ((block !== null || startsAnew.test(line)) && found.at(-1)?.length !== 0) found.push([])
    if (block === null && line !== '') found.at(-1)?.push(line)
  }
  return found.filter(([first]) => first !== undefined && !definition.test(first))
}

/** A block that is left out; it ends with the line for which this is true. */
interface Block {
  ends(line: string): boolean
}

/** A blank line, a heading, a rule, an item of a list, a row of a table: inline code does not reach over it. */
const startsAnew = /^[ \t]*(?:$|#{1,6}(?:[ \t]|$)|[-*+_=][-*+_= \t]*$|[-*+][ \t]|\d{1,9}[.)][ \t]|\|)/

/** `[name]: address "title"`: the title may go over lines, and is not shown. */
const definition = /^ {0,3}\[[^\]]*\]:/

function blockAt(line: string): Block | null {
  const fence = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line)
  if (fence !== null) return fenced(fence[1] ?? fence[2] ?? '')
  // Only a blank line ends a quotation for certain.
  if (/^ {0,3}>/.test(line)) return { ends: (next) => next.trim() === '' }
  return htmlBlock(line)
}

function fenced(fence: string): Block {
  return {
    ends(line) {
      const closing = line.replace(/^ {0,3}/, '').trimEnd()
      return closing.length >= fence.length && closing === fence.charAt(0).repeat(closing.length)
    },
  }
}

/** Blocks that a line may begin with, by what ends them. */
const hidden: readonly (readonly [RegExp, string])[] = [
  [/^ {0,3}<!--/, '-->'],
  [/^ {0,3}<\?/, '?>'],
  [/^ {0,3}<!\[CDATA\[/, ']]>'],
  [/^ {0,3}<![A-Za-z]/, '>'],
]

/** Elements whose content is code, a quotation or not shown; looked for anywhere in a line. */
const quoting = /<(pre|code|blockquote|script|style|textarea|title|template|samp|kbd|tt|xmp|q)(?=[\s>/]|$)/gi

function htmlBlock(line: string): Block | null {
  for (const [start, end] of hidden) {
    if (!start.test(line)) continue
    // `<!-->` is a whole comment: the end may share characters with the start.
    return line.indexOf(end, line.indexOf('<') + 2) === -1 ? { ends: (next) => next.includes(end) } : endsHere
  }
  const [last] = [...line.matchAll(quoting)].slice(-1)
  const end = last?.[1] === undefined ? null : `</${last[1].toLowerCase()}`
  if (last === undefined || end === null || line.toLowerCase().includes(end, last.index)) return null
  return { ends: (next) => next.toLowerCase().includes(end) }
}

/** A block of one line: the next one is looked at anew. */
const endsHere = null
