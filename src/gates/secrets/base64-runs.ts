/** A stretch of base64 in a text, decoded; offsets as in the text. */
export interface Base64Run {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}

/** 18 bytes: nothing shorter is a secret with a keyword. */
const standard = /[A-Za-z0-9+/]{24,}={0,2}/g
/** base64url, where it is not the other as well. */
const urlSafe = /[A-Za-z0-9_-]{24,}/g

/** Every stretch that could be base64 (RFC 4648), whatever it decodes to: together at most three quarters of the text, twice. */
export function* base64Runs(text: string): Generator<Base64Run> {
  for (const match of text.matchAll(standard)) yield runOf(match, 'base64')
  for (const match of text.matchAll(urlSafe)) {
    if (/[-_]/.test(match[0]) && /[A-Z]/.test(match[0])) yield runOf(match, 'base64url')
  }
}

function runOf(match: RegExpExecArray, encoding: 'base64' | 'base64url'): Base64Run {
  const [text] = match
  return { start: match.index, end: match.index + text.length, bytes: Buffer.from(text, encoding) }
}
