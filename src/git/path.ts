const decoder = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
const mark = '\uFFFD'
const markBytes = Buffer.from(mark)

/**
 * The text of a path, which in git is bytes. What is not UTF-8 must survive, and no two paths may look the same: each
 * byte that is not UTF-8, and each byte of a U+FFFD that really is in the name, becomes U+FFFD and two hexadecimal
 * digits. The rest stays as it is, so that patterns on folders and extensions still see them.
 */
export function pathOf(bytes: Uint8Array): string {
  const text = decoder.decode(bytes)
  return text.includes(mark) ? escaped(Buffer.from(bytes)) : text
}

/** The bytes of a path: the inverse of {@link pathOf}. Null where the text stands for no path. */
export function bytesOf(path: string): Buffer | null {
  if (!path.isWellFormed()) return null
  if (!path.includes(mark)) return Buffer.from(path)
  const [first = '', ...rest] = path.split(mark)
  const parts = [Buffer.from(first)]
  for (const part of rest) {
    if (!/^[0-9a-f]{2}/.test(part)) return null
    parts.push(Buffer.from(part.slice(0, 2), 'hex'), Buffer.from(part.slice(2)))
  }
  const bytes = Buffer.concat(parts)
  return pathOf(bytes) === path ? bytes : null
}

function escaped(bytes: Buffer): string {
  let [text, at] = ['', 0]
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at)
    const isPlain = length > 0 && !bytes.subarray(at, at + length).equals(markBytes)
    const next = at + (isPlain ? length : 1)
    text += isPlain ? bytes.toString('utf8', at, next) : mark + bytes.toString('hex', at, next)
    at = next
  }
  return text
}

/** How many bytes the character at `at` has; 0 where there is none in UTF-8. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  const sequence = bytes.subarray(at, at + length)
  const isWhole = Buffer.from(sequence.toString()).equals(sequence)
  // An invalid sequence decodes to U+FFFD, whose bytes differ unless it is the very character.
  return isWhole ? length : 0
}
