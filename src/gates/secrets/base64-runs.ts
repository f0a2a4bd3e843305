/** A stretch of base64 in a text, decoded; offsets as in the text. */
export interface Base64Run {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}

/** 18 bytes: nothing shorter is a secret with a keyword. */
const minLength = 24
const standard = /[A-Za-z0-9+/]{24,}={0,2}/g
/** base64url, where it is not the other as well. */
const urlSafe = /[A-Za-z0-9_-]{24,}/g

/** By byte: 1 for what either alphabet has. */
const isPart = Uint8Array.from({ length: 256 }, (_, code) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(code)) ? 1 : 0,
)

/**
 * Every stretch that could be base64 (RFC 4648), whatever it decodes to: together at most three quarters of the text,
 * twice. One pass over the bytes finds the long words; only these are looked at with regular expressions.
 */
export function* base64Runs(bytes: Uint8Array, text: string): Generator<Base64Run> {
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

function* runsIn(word: string, offset: number): Generator<Base64Run> {
  for (const match of word.matchAll(standard)) yield runOf(match, offset, 'base64')
  for (const match of word.matchAll(urlSafe)) {
    if (/[-_]/.test(match[0]) && /[A-Z]/.test(match[0])) yield runOf(match, offset, 'base64url')
  }
}

function runOf(match: RegExpExecArray, offset: number, encoding: 'base64' | 'base64url'): Base64Run {
  const [text] = match
  const start = offset + match.index
  return { start, end: start + text.length, bytes: Buffer.from(text, encoding) }
}
