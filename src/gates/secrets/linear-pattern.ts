import { parsePattern, toSource } from './pattern-parser.ts'
import type { PatternNode } from './pattern-parser.ts'

/** What a pattern may cost: at most so many characters, in at most so many ways. */
export interface LinearPattern {
  /** For `new RegExp`. */
  readonly source: string
  /** Characters of the longest match. */
  readonly length: number
  /** Ways in which a backtracking matcher may try to read one text; 1 where each character decides. */
  readonly ways: number
}

/** Ways times length bounds the work at one keyword; a text has as many keywords as it likes. */
const maxWays = 600
const maxLength = 20_000

/**
 * A rule's pattern is not in the linear subset: no look-around, no back-reference, no unbounded quantifier, and so few
 * ways to read one text that the work at each keyword is bounded. A bug of the rule, so it stops the start.
 */
class UnsafePattern extends Error {
  override readonly name = 'UnsafePattern'
}

/** Reads a pattern of the linear subset. Throws {@link UnsafePattern} or `UnknownSyntax`, with the reason, for any other. */
export function linearPattern(pattern: string): LinearPattern {
  const root = parsePattern(pattern)
  const cost = { source: toSource(root), length: lengthOf(root), ways: waysOf(root, 0n) }
  if (cost.length > maxLength)
    throw new UnsafePattern(`matches up to ${cost.length} characters in ${pattern}`)
  if (cost.ways > maxWays) throw new UnsafePattern(`can be read in ${cost.ways} ways: ${pattern}`)
  return cost
}

function lengthOf(node: PatternNode): number {
  if (node.kind === 'set') return 1
  if (node.kind === 'boundary') return 0
  if (node.kind === 'group') return lengthOf(node.item)
  if (node.kind === 'sequence') return sumOf(node.items.map(lengthOf))
  if (node.kind === 'choice') return Math.max(0, ...node.options.map(lengthOf))
  return node.max * lengthOf(node.item)
}

/** `follow` has the bits of the bytes that may come after the node. */
function waysOf(node: PatternNode, follow: bigint): number {
  if (node.kind === 'set' || node.kind === 'boundary') return 1
  if (node.kind === 'group') return waysOf(node.item, follow)
  if (node.kind === 'sequence') return waysOfSequence(node.items, follow)
  if (node.kind === 'choice') {
    const ways = node.options.map((option) => waysOf(option, follow))
    // Options that begin alike are tried one after the other; of the rest one character chooses.
    return areDisjoint(node.options, follow) ? Math.max(1, ...ways) : sumOf(ways)
  }
  const first = firstOf(node.item)
  const inner = waysOf(node.item, first | follow) ** node.max
  const isOpen = node.max > node.min && (first & follow) !== 0n
  return isOpen ? inner * (node.max - node.min + 1) : inner
}

function waysOfSequence(items: readonly PatternNode[], follow: bigint): number {
  let ways = 1
  let after = follow
  for (const item of items.toReversed()) {
    ways *= waysOf(item, after)
    after = firstOf(item) | (isNullable(item) ? after : 0n)
  }
  return ways
}

function areDisjoint(options: readonly PatternNode[], follow: bigint): boolean {
  let seen = 0n
  for (const option of options) {
    const first = firstOf(option) | (isNullable(option) ? follow : 0n)
    if ((seen & first) !== 0n) return false
    seen |= first
  }
  return true
}

/** The bytes that it may begin with. */
function firstOf(node: PatternNode): bigint {
  if (node.kind === 'set') return node.bytes
  if (node.kind === 'boundary') return 0n
  if (node.kind === 'group' || node.kind === 'repeat') return firstOf(node.item)
  let first = 0n
  for (const part of node.kind === 'choice' ? node.options : node.items) {
    first |= firstOf(part)
    if (node.kind === 'sequence' && !isNullable(part)) break
  }
  return first
}

/** Whether it may match nothing. */
function isNullable(node: PatternNode): boolean {
  if (node.kind === 'set') return false
  if (node.kind === 'boundary') return true
  if (node.kind === 'group') return isNullable(node.item)
  if (node.kind === 'sequence') return node.items.every(isNullable)
  if (node.kind === 'choice') return node.options.some(isNullable)
  return node.min === 0 || isNullable(node.item)
}

function sumOf(numbers: readonly number[]): number {
  let sum = 0
  for (const number of numbers) sum += number
  return sum
}
