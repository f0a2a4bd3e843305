/** A regular expression of the linear subset, read. A set has one bit for each byte that it takes. */
export type PatternNode =
  | { readonly kind: 'set'; readonly bytes: bigint }
  | { readonly kind: 'boundary' }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'group'; readonly name: string; readonly item: PatternNode }
  | {
      readonly kind: 'repeat'
      readonly item: PatternNode
      readonly min: number
      readonly max: number
      readonly isLazy: boolean
    }

/** The pattern has something that the linear subset does not. */
class UnknownSyntax extends Error {
  override readonly name = 'UnknownSyntax'
}

/** Reads a pattern; what it cannot read, no rule may use. Throws {@link UnknownSyntax}. */
export function parsePattern(pattern: string): PatternNode {
  const reader: Reader = { pattern, at: 0, ignoresCase: false }
  const node = readChoice(reader)
  if (reader.at < pattern.length) throw refused(reader, 'a ) without its (')
  return node
}

interface Reader {
  readonly pattern: string
  at: number
  ignoresCase: boolean
}

/**
 * The pattern for JavaScript's engine, every set spelt out. `(?i:…)` is gone: V8 of Node 24 misses `DD_API` with
 * `(?i:data_?dog|dd[_-]?a[p][ip])`, so letters are folded here and not there.
 */
export function toSource(node: PatternNode): string {
  if (node.kind === 'set') return setSource(node.bytes)
  if (node.kind === 'boundary') return '\\b'
  if (node.kind === 'group') return `(?<${node.name}>${toSource(node.item)})`
  if (node.kind === 'sequence') return node.items.map(toSource).join('')
  if (node.kind === 'choice') return `(?:${node.options.map(toSource).join('|')})`
  return `(?:${toSource(node.item)}){${node.min},${node.max}}${node.isLazy ? '?' : ''}`
}

function setSource(bytes: bigint): string {
  const has = bitsOf(bytes)
  const ranges: string[] = []
  for (let code = has.indexOf('1'); code !== -1; code = has.indexOf('1', code + 1)) {
    const from = code
    while (has[code + 1] === '1') code++
    ranges.push(code === from ? byteSource(from) : `${byteSource(from)}-${byteSource(code)}`)
  }
  const [only] = ranges
  return ranges.length === 1 && only?.length === 4 ? only : `[${ranges.join('')}]`
}

/** `1` at the index of each byte of the set. Bits of a large number cost much more one by one. */
function bitsOf(bytes: bigint): string {
  const hex = bytes.toString(16).padStart(64, '0')
  const nibbles = Array.from(hex, (digitOfHex) => nibbleBits[Number.parseInt(digitOfHex, 16)] ?? '')
  return nibbles.toReversed().join('')
}

/** Lowest bit first. */
const nibbleBits = Array.from({ length: 16 }, (_, nibble) =>
  [1, 2, 4, 8].map((value) => ((nibble & value) === 0 ? '0' : '1')).join(''),
)

function byteSource(code: number): string {
  return `\\x${code.toString(16).padStart(2, '0')}`
}

const all = (1n << 256n) - 1n
const digit = range(0x30, 0x39)
const word = digit | range(0x41, 0x5a) | range(0x61, 0x7a) | bit(0x5f)
/** As JavaScript has it, below 256: a byte 0xA0 counts. */
const space = range(0x09, 0x0d) | bit(0x20) | bit(0xa0)
const classes: Readonly<Record<string, bigint>> = {
  d: digit,
  D: all & ~digit,
  w: word,
  W: all & ~word,
  s: space,
  S: all & ~space,
}
const controls: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, f: 0x0c, v: 0x0b }

function readChoice(reader: Reader): PatternNode {
  const options = [readSequence(reader)]
  while (takes(reader, '|')) options.push(readSequence(reader))
  const [only] = options
  return options.length === 1 && only !== undefined ? only : { kind: 'choice', options }
}

function readSequence(reader: Reader): PatternNode {
  const items: PatternNode[] = []
  while (reader.at < reader.pattern.length && !'|)'.includes(peek(reader))) {
    items.push(readQuantifier(reader, readItem(reader)))
  }
  return { kind: 'sequence', items }
}

function readItem(reader: Reader): PatternNode {
  const character = next(reader)
  if (character === '(') return readGroup(reader)
  if (character === '[') return { kind: 'set', bytes: folded(reader, readClass(reader)) }
  if (character === '.') return { kind: 'set', bytes: all & ~(bit(0x0a) | bit(0x0d)) }
  if (character === '\\') return readEscape(reader)
  if ('^$'.includes(character)) throw refused(reader, 'an anchor')
  if ('*+?{'.includes(character)) throw refused(reader, 'a quantifier of nothing')
  return { kind: 'set', bytes: folded(reader, byteOf(reader, character)) }
}

function readGroup(reader: Reader): PatternNode {
  const outer = reader.ignoresCase
  let name: string | null = null
  if (takes(reader, '?')) {
    if (takes(reader, 'i:')) reader.ignoresCase = true
    else if (reader.pattern[reader.at] === '<') name = readName(reader)
    else if (!takes(reader, ':')) throw refused(reader, 'look-around')
  }
  const node = readChoice(reader)
  if (!takes(reader, ')')) throw refused(reader, 'a ( without its )')
  reader.ignoresCase = outer
  return name === null ? node : { kind: 'group', name, item: node }
}

function readName(reader: Reader): string {
  const name = /^<([A-Za-z]\w{0,30})>/.exec(reader.pattern.slice(reader.at, reader.at + 40))?.[1]
  if (name === undefined) throw refused(reader, 'look-around')
  reader.at += name.length + 2
  return name
}

function readQuantifier(reader: Reader, item: PatternNode): PatternNode {
  if ('*+'.includes(peek(reader)) && peek(reader) !== '') throw refused(reader, 'an unbounded quantifier')
  let bounds: { min: number; max: number } | null = null
  if (takes(reader, '?')) bounds = { min: 0, max: 1 }
  else if (takes(reader, '{')) bounds = readBounds(reader)
  if (bounds === null) return item
  return { kind: 'repeat', item, ...bounds, isLazy: takes(reader, '?') }
}

function readBounds(reader: Reader): { min: number; max: number } {
  const text = /^(\d{1,5})(?:(,)(\d{0,5}))?\}/.exec(reader.pattern.slice(reader.at))
  if (text === null) throw refused(reader, 'a { that is no quantifier')
  if (text[2] !== undefined && text[3] === '') throw refused(reader, 'an unbounded quantifier')
  reader.at += text[0].length
  const min = Number(text[1])
  const max = text[3] === undefined ? min : Number(text[3])
  if (max < min) throw refused(reader, 'a quantifier whose bounds are the wrong way round')
  return { min, max }
}

function readEscape(reader: Reader): PatternNode {
  if (takes(reader, 'b')) return { kind: 'boundary' }
  return { kind: 'set', bytes: folded(reader, readEscapedSet(reader)) }
}

function readEscapedSet(reader: Reader): bigint {
  const character = next(reader)
  const known = classes[character]
  if (known !== undefined) return known
  const control = controls[character]
  if (control !== undefined) return bit(control)
  if (character === 'x') {
    const code = reader.pattern.slice(reader.at, reader.at + 2)
    if (!/^[0-9a-fA-F]{2}$/.test(code)) throw refused(reader, 'half an escape')
    reader.at += 2
    return bit(Number.parseInt(code, 16))
  }
  if (/[0-9k]/.test(character)) throw refused(reader, 'a back-reference')
  if (/[A-Za-z]/.test(character) || character === '') throw refused(reader, `the escape \\${character}`)
  return byteOf(reader, character)
}

function readClass(reader: Reader): bigint {
  const isNegated = takes(reader, '^')
  let bytes = 0n
  while (!takes(reader, ']')) {
    const [first, from] = readClassItem(reader)
    if (from === null || peek(reader) !== '-' || reader.pattern[reader.at + 1] === ']') {
      bytes |= first
      continue
    }
    reader.at++
    const [, to] = readClassItem(reader)
    if (to === null || to < from) throw refused(reader, 'a range that is none')
    bytes |= range(from, to)
  }
  return isNegated ? all & ~bytes : bytes
}

/** The bytes, and the byte where it is one alone. */
function readClassItem(reader: Reader): [bigint, number | null] {
  const character = next(reader)
  if (character === '') throw refused(reader, 'a [ without its ]')
  const bytes = character === '\\' ? readEscapedSet(reader) : byteOf(reader, character)
  const isSingle = (bytes & (bytes - 1n)) === 0n
  return [bytes, isSingle ? bytes.toString(2).length - 1 : null]
}

function folded(reader: Reader, bytes: bigint): bigint {
  if (!reader.ignoresCase) return bytes
  const upper = (bytes & range(0x41, 0x5a)) << 32n
  const lower = (bytes & range(0x61, 0x7a)) >> 32n
  return bytes | upper | lower
}

function byteOf(reader: Reader, character: string): bigint {
  const code = character.charCodeAt(0)
  if (code > 0xff) throw refused(reader, 'a character that is no byte')
  return bit(code)
}

function bit(code: number): bigint {
  return 1n << BigInt(code)
}

function range(from: number, to: number): bigint {
  return ((1n << BigInt(to - from + 1)) - 1n) << BigInt(from)
}

function peek(reader: Reader): string {
  return reader.pattern[reader.at] ?? ''
}

function next(reader: Reader): string {
  return reader.pattern[reader.at++] ?? ''
}

function takes(reader: Reader, text: string): boolean {
  if (!reader.pattern.startsWith(text, reader.at)) return false
  reader.at += text.length
  return true
}

function refused(reader: Reader, what: string): UnknownSyntax {
  return new UnknownSyntax(`has ${what} before character ${reader.at + 1} of ${reader.pattern}`)
}
