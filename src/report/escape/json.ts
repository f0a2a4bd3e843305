import { logOrder } from './terminal.ts'
import { hidden } from './visible.ts'

/**
 * A value as JSON, indented by two, with a new line at the end. What `JSON.stringify` leaves raw although a person cannot
 * see it is written `\uXXXX`, so it is the same value for a parser, and harmless on a screen or in a log.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2)
    .replaceAll(hidden, (character) => (character === '\n' ? character : unitsOf(character)))
    .replaceAll(logOrder, '#\\u0023')
  return `${text}\n`
}

/** Two escapes for a character beyond U+FFFF. https://www.rfc-editor.org/rfc/rfc8259#section-7 */
function unitsOf(character: string): string {
  let units = ''
  for (let index = 0; index < character.length; index += 1)
    units += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`
  return units
}
