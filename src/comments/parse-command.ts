import type { CommandReference } from '../ports/queue.ts'
import { nearest } from '../std/nearest.ts'
import type { CommandGrammar } from './command-grammar.ts'
import { paragraphs } from './paragraphs.ts'
import { rescan } from './rescan.ts'
import { visibleLines } from './visible-lines.ts'

type Command = CommandReference['command']

/** Every command, one file each. */
const commands: readonly CommandGrammar[] = [rescan]

/** Characters. A longer line is prose, or an attack. */
const longestLine = 1_000

/** `/word`, alone or with arguments behind a blank, in printable ASCII: `/etc/passwd` is none. */
const shape = /^\/([A-Za-z][A-Za-z-]{0,31})(?:[ \t]+([\x20-\x7e\t]*))?$/

/**
 * The command that a new comment gives, or null. It stands at the very beginning of a line, outside quotations, code,
 * HTML comments and tags, and its line is printable ASCII: a letter of another alphabet or a mark of direction makes it
 * text, whatever a reader sees.
 *
 * The first line that is a command, or looks like a misspelled one, is the only one. Each evaluates everything anew, so a
 * second one could only do the same work again.
 */
export function parseCommand(body: string): Command | null {
  for (const paragraph of paragraphs(body)) {
    for (const line of visibleLines(paragraph)) {
      const command = readLine(line)
      if (command !== null) return command
    }
  }
  return null
}

function readLine(line: string): Command | null {
  if (!line.startsWith('/') || line.length > longestLine) return null
  const [, word, rest = ''] = shape.exec(line) ?? []
  if (word === undefined) return null
  const known = commands.find(({ name }) => name === word)
  const command = known?.read(rest.split(/[ \t]+/).filter((arg) => arg !== ''))
  if (command !== undefined && command !== null) return command
  const names = commands.map(({ name }) => name)
  const meant = known?.name ?? nearest(word, names)
  // What resembles none of ours belongs to another bot, or to nobody.
  return meant === null ? null : { name: 'unknown', meant }
}
