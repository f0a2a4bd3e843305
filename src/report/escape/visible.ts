/**
 * Each character that moves a cursor, changes what is read, or cannot be seen: controls (C0, C1, DEL), format characters
 * (bidirectional marks and isolates, zero-width ones, soft hyphen, tags), line and paragraph separators, every space but
 * U+0020, lone surrogates, private use, fillers and variation selectors, the blank Braille cell.
 * https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
export const hidden =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu

/** A mark on nothing, which would fall on what stands before the text, and marks piled up over the lines above. */
const strayMarks = /(?:^|(?<= |\p{M}\p{M}))\p{M}/gu

/** Text from outside on one line, every character of which can be seen: `\x1b`, `\u202e`, `\u{e0041}`. */
export function visible(text: string): string {
  return text.replaceAll(hidden, escapeOf).replaceAll(strayMarks, escapeOf)
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const short = shortEscapes.get(code)
  if (short !== undefined) return short
  const digits = code.toString(16)
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\u{${digits}}`
}

const shortEscapes = new Map([
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
])
