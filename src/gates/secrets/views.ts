/** Ways to read the bytes of a blob as text. Every one of them is scanned: a blob may be text in two encodings at once. */
export interface View {
  /** UTF-8, or whatever the blob is. */
  readonly bytes: Uint8Array
}

/**
 * The bytes as they are, and without what UTF-16 and UTF-32 add to ASCII. A byte order mark is believed but not alone: a
 * file that begins with one may go on in ASCII.
 */
export function viewsOf(bytes: Uint8Array): readonly View[] {
  const decoded = decodeUtf16(bytes) ?? withoutNuls(bytes)
  return decoded === null ? [{ bytes }] : [{ bytes }, { bytes: decoded }]
}

function decodeUtf16(bytes: Uint8Array): Uint8Array | null {
  const [first, second] = bytes
  const isBigEndian = first === 0xfe && second === 0xff
  if (!isBigEndian && !(first === 0xff && second === 0xfe)) return null
  const even = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
  return Buffer.from((isBigEndian ? even.swap16() : even).toString('utf16le'), 'utf8')
}

/** ASCII in UTF-16 and UTF-32 of either order, at any offset, is ASCII between zeros. */
function withoutNuls(bytes: Uint8Array): Uint8Array | null {
  return bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : null
}
