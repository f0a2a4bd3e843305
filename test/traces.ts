import type { Secret } from './planted.ts'

interface Needle {
  readonly bytes: Buffer
  readonly what: string
}

/** Looks for pieces of secrets, however they are encoded, in one pass over the bytes whatever their number. */
export class Traces {
  /** By the first four bytes. */
  readonly #needles = new Map<number, Needle[]>()
  readonly #isFirst = new Uint8Array(1 << 22)

  constructor(secrets: readonly Secret[]) {
    for (const { where, piece } of secrets)
      for (const [encoding, text] of encodings(piece)) this.#add(text, `${where}, ${encoding}: ${text}`)
  }

  /** What is there, each once: where the secret was planted, and how it is written. */
  in(output: string | Uint8Array): string[] {
    const bytes = Buffer.from(output as string)
    const found = new Set<string>()
    let first = 0
    for (let at = 0; at < bytes.length; at++) {
      first = ((first << 8) | (bytes[at] ?? 0)) >>> 0
      if (this.#isFirst[hash(first)] === 0) continue
      for (const needle of this.#needles.get(first) ?? []) {
        const start = at - 3
        if (start >= 0 && needle.bytes.equals(bytes.subarray(start, start + needle.bytes.length)))
          found.add(needle.what)
      }
    }
    return [...found]
  }

  #add(text: string, what: string): void {
    const bytes = Buffer.from(text)
    const first = bytes.readUInt32BE(0)
    this.#isFirst[hash(first)] = 1
    const same = this.#needles.get(first)
    if (same === undefined) this.#needles.set(first, [{ bytes, what }])
    else same.push({ bytes, what })
  }
}

/** Fibonacci hashing to 22 bits. */
function hash(number: number): number {
  return Math.imul(number, 0x9e3779b1) >>> 10
}

/** All ways to write a piece down that a program could take by mistake. */
export function encodings(piece: string): ReadonlyMap<string, string> {
  const hex = Buffer.from(piece).toString('hex')
  const ways = new Map([
    ['raw', piece],
    ['reversed', piece.split('').toReversed().join('')],
    ['hexadecimal', hex],
    ['upper-case hexadecimal', hex.toUpperCase()],
    ['URL-escaped', encodeURIComponent(piece)],
    ['every byte URL-escaped', hex.replaceAll(/../g, '%$&')],
    ['JSON', JSON.stringify(piece).slice(1, -1)],
    ['HTML', piece.replaceAll('&', '&amp;').replaceAll('<', '&lt;')],
    ['Markdown', piece.replaceAll(/[\\`*_{}[\]()#+!|~$]/g, '\\$&')],
  ])
  for (const before of [0, 1, 2]) {
    // Only the characters that depend on nothing around the piece.
    const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(piece)])
    const inner = whole
      .subarray(0, whole.length - (whole.length % 3))
      .toString('base64')
      .slice(before === 0 ? 0 : 4)
    ways.set(`base64 at ${before}`, inner)
    ways.set(`base64url at ${before}`, inner.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return ways
}
