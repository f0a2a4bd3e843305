/**
 * Characters that move a cursor, change what is read or cannot be seen: C0 and C1 controls, DEL, soft hyphen, bidirectional
 * marks and isolates, zero-width characters, line and paragraph separators, byte order marks, lone surrogates, tags.
 */
const invisible =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu

/** Text from outside on one line, every character of which can be seen: `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return text.replaceAll(invisible, (character) => escapeOf(character.codePointAt(0) ?? 0))
}

function escapeOf(code: number): string {
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
