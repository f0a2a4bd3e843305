import { isExampleToken } from './evidence/look-alike.ts'
import { Keywords } from './keywords.ts'
import { linearPattern } from './linear-pattern.ts'
import type { Evidence, PatternRule, SecretMatch } from './rule.ts'

/** A secret in some bytes: offsets of its first byte, and of the one after its last. */
export interface PatternFind {
  readonly rule: PatternRule
  readonly start: number
  readonly end: number
  /** Each byte one character. */
  readonly value: string
  readonly evidence: Evidence
}

export interface EngineResult {
  readonly finds: readonly PatternFind[]
  /** Rules that stopped at {@link maxFinds}: what comes after was not looked at. */
  readonly capped: readonly PatternRule[]
  /** Tries of a pattern at a place: the work, counted instead of timed. */
  readonly tries: number
}

/** Of one rule in one text. A text that holds more is no text with secrets but an attempt to be slow. */
export const maxFinds = 1000

interface Compiled {
  readonly rule: PatternRule
  readonly expression: RegExp
  /** The same, giving offsets of groups as well, which costs more: only for what matches. */
  readonly located: RegExp
  readonly before: number
  readonly hasGroup: boolean
}

/** Where a rule is in the text at hand. */
interface Progress {
  /** Keywords before this offset lie within the last match. */
  next: number
  finds: number
}

/**
 * Finds what rules look for: one pass for all keywords, then at each keyword the pattern, which may begin only there.
 * Linear in the text, because the keywords are and what a pattern costs at one of them is bounded.
 */
export class Engine {
  readonly #keywords: Keywords
  /** By keyword: indexes of the rules that have it. */
  readonly #rulesOf: readonly (readonly number[])[]
  readonly #rules: readonly PatternRule[]
  /** Made when a keyword of the rule is first seen: most texts have few, and a short run should not pay for all. */
  readonly #compiled = new Map<PatternRule, Compiled>()

  constructor(rules: readonly PatternRule[]) {
    const rulesOf = new Map<string, number[]>()
    for (const [index, rule] of rules.entries()) {
      for (const keyword of rule.keywords) {
        const known = rulesOf.get(keyword)
        if (known === undefined) rulesOf.set(keyword, [index])
        else known.push(index)
      }
    }
    this.#rules = rules
    this.#keywords = new Keywords([...rulesOf.keys()])
    this.#rulesOf = [...rulesOf.values()]
  }

  /** Throws `UnsafePattern` or `UnknownSyntax` for a pattern outside the linear subset, before it is ever run. */
  find(bytes: Uint8Array, path: string): EngineResult {
    const text = latin1(bytes)
    const progress = new Map<number, Progress>()
    const finds: PatternFind[] = []
    let tries = 0
    this.#keywords.each(bytes, (keyword, start) => {
      for (const index of this.#rulesOf[keyword] ?? []) {
        const rule = this.#rules[index]
        if (rule === undefined) continue
        const state = progress.get(index) ?? { next: 0, finds: 0 }
        progress.set(index, state)
        if (start < state.next || state.finds >= maxFinds) continue
        tries += 1 + (rule.before ?? 0)
        const find = tryAt(this.#compile(rule), { text, path, start, state })
        if (find !== null) finds.push(find)
      }
    })
    const capped = this.#rules.filter((_, index) => (progress.get(index)?.finds ?? 0) >= maxFinds)
    return { finds, capped, tries }
  }

  #compile(rule: PatternRule): Compiled {
    const known = this.#compiled.get(rule)
    if (known !== undefined) return known
    const made = compile(rule)
    this.#compiled.set(rule, made)
    return made
  }
}

/** Each byte becomes the character of its number. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function compile(rule: PatternRule): Compiled {
  const { source } = linearPattern(rule.pattern)
  return {
    rule,
    expression: new RegExp(source, 'y'),
    located: new RegExp(source, 'dy'),
    before: rule.before ?? 0,
    hasGroup: rule.pattern.includes('(?<secret>'),
  }
}

interface Attempt {
  readonly text: string
  readonly path: string
  /** Of the keyword. */
  readonly start: number
  readonly state: Progress
}

function tryAt(compiled: Compiled, attempt: Attempt): PatternFind | null {
  const { state, start } = attempt
  for (let at = Math.max(state.next, start - compiled.before); at <= start; at++) {
    const span = match(compiled, attempt.text, at)
    if (span === null) continue
    // What is no secret after all takes no text from the next keyword.
    const evidence = judge(compiled, attempt, span)
    if (evidence === null) continue
    state.next = span.end
    state.finds++
    const { secretStart, secretEnd } = span
    return {
      rule: compiled.rule,
      start: secretStart,
      end: secretEnd,
      value: attempt.text.slice(secretStart, secretEnd),
      evidence,
    }
  }
  return null
}

interface Span {
  readonly start: number
  readonly end: number
  readonly secretStart: number
  readonly secretEnd: number
  /** Whether it could be a piece of a longer word: then only a checksum makes it a secret. */
  readonly isPiece: boolean
}

function match({ expression, located, hasGroup }: Compiled, text: string, at: number): Span | null {
  expression.lastIndex = at
  if (!expression.test(text)) return null
  const end = expression.lastIndex
  located.lastIndex = at
  const group = hasGroup ? located.exec(text)?.indices?.groups?.['secret'] : undefined
  if (group === undefined) {
    return { start: at, end, secretStart: at, secretEnd: end, isPiece: !isWhole(text, at, end) }
  }
  const [secretStart, secretEnd] = group
  const isPiece = isWordCharacter(text, secretEnd - 1) && isWordCharacter(text, secretEnd)
  return { start: at, end, secretStart, secretEnd, isPiece }
}

/** Not a piece of a longer word. An escape, as in `\nghp_…` and `%3Dghp_…`, ends the word before it. */
function isWhole(text: string, start: number, end: number): boolean {
  if (isWordCharacter(text, end - 1) && isWordCharacter(text, end)) return false
  const hasWordBefore = /[A-Za-z0-9]/.test(text[start - 1] ?? '') && isWordCharacter(text, start)
  return !hasWordBefore || /\\[nrt]$|%[0-9A-Fa-f]{2}$/.test(text.slice(Math.max(0, start - 3), start))
}

function isWordCharacter(text: string, at: number): boolean {
  return /\w/.test(text[at] ?? '')
}

/** Longer ones, such as keys in PEM, repeat characters by nature. */
const maxTokenLength = 300

function judge({ rule }: Compiled, { text, path }: Attempt, span: Span): Evidence | null {
  const value = text.slice(span.secretStart, span.secretEnd)
  const isToken = value.length === span.end - span.start && value.length <= maxTokenLength
  if (isToken && isExampleToken(value)) return null
  const evidence = rule.judge === undefined ? likely : rule.judge(matchOf(text, path, span))
  return span.isPiece && evidence?.confidence !== 'confirmed' ? null : evidence
}

const likely: Evidence = { confidence: 'likely' }

function matchOf(text: string, path: string, { start, end, secretStart, secretEnd }: Span): SecretMatch {
  return {
    value: text.slice(secretStart, secretEnd),
    text: text.slice(start, end),
    path,
    before: (characters) => text.slice(Math.max(0, start - characters), start),
    around: (characters) => text.slice(Math.max(0, start - characters), end + characters),
  }
}
