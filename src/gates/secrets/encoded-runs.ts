/** A stretch of base64 or of hexadecimal digits in a text, decoded; offsets as in the text. */
export interface EncodedRun {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}

/** 18 bytes: nothing shorter is a secret with a keyword. */
const minLength = 24
const standard = /[A-Za-z0-9+/]{24,}={0,2}/g
/** base64url, where it is not the other as well. */
const urlSafe = /[A-Za-z0-9_-]{24,}/g
const hexadecimal = /(?:[0-9a-f]{2}){24,}|(?:[0-9A-F]{2}){24,}/g

/** By byte: 1 for what either alphabet has. */
const isPart = Uint8Array.from({ length: 256 }, (_, code) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(code)) ? 1 : 0,
)

/**
 * Every stretch that could be encoded (RFC 4648), whatever it decodes to: together at most twice the text. One pass over the bytes finds the long words; only these are looked at with regular expressions.
 */
export function* encodedRuns(bytes: Uint8Array, text: string): Generator<EncodedRun> {
  let start = -1
  for (let at = 0; at <= bytes.length; at++) {
    if (isPart[bytes[at] ?? 0] === 1) {
      if (start === -1) start = at
      continue
    }
    if (start !== -1 && at - start >= minLength) yield* runsIn(text.slice(start, at + 2), start)
    start = -1
  }
}

function* runsIn(word: string, offset: number): Generator<EncodedRun> {
  for (const match of word.matchAll(standard)) yield runOf(match, offset, 'base64')
  for (const match of word.matchAll(hexadecimal)) yield runOf(match, offset, 'hex')
  for (const match of word.matchAll(urlSafe)) {
    if (/[-_]/.test(match[0]) && /[A-Z]/.test(match[0])) yield runOf(match, offset, 'base64url')
  }
}

function runOf(match: RegExpExecArray, offset: number, encoding: 'base64' | 'base64url' | 'hex'): EncodedRun {
  const [text] = match
  const start = offset + match.index
  return { start, end: start + text.length, bytes: Buffer.from(text, encoding) }
}
