import { RE2JS, RE2JSException } from 're2js'

import type { CustomSecretRule } from '../../model/policy.ts'
import { UserError } from '../../std/user-error.ts'
import { maxFinds } from './engine.ts'
import { Keywords } from './keywords.ts'
import type { Candidate } from './strongest.ts'

/** A match of a policy's rule begins at most so many bytes before its keyword, and ends at most so many after it. */
const reach = { before: 512, after: 4096 }

interface Compiled {
  readonly rule: CustomSecretRule
  readonly expression: RE2JS
}

interface Window {
  readonly start: number
  readonly end: number
}

/**
 * Finds what the policy's own rules look for. RE2 is linear in whatever it reads and slower than what our own rules get,
 * so it reads only what is around a keyword.
 */
export class CustomRules {
  readonly #rules: readonly Compiled[]
  readonly #keywords: Keywords
  readonly #ruleOf: readonly number[]

  /** Throws `UserError` for a pattern outside RE2's syntax, and for a rule without a keyword of 3 characters. */
  constructor(rules: readonly CustomSecretRule[]) {
    this.#rules = rules.map(compile)
    const keywords = rules.flatMap((rule, index) =>
      rule.keywords.map((keyword) => ({ keyword: asBytes(keyword).toLowerCase(), index })),
    )
    this.#keywords = new Keywords(keywords.map(({ keyword }) => keyword))
    this.#ruleOf = keywords.map(({ index }) => index)
  }

  /** `text` is `bytes` with one character for each. A rule that finds too much is added to `capped`. */
  find(bytes: Uint8Array, text: string, capped: Set<string>): Candidate[] {
    if (this.#rules.length === 0) return []
    const windows = this.#rules.map((): Window[] => [])
    this.#keywords.each(bytes, (keyword, at) => {
      const own = windows[this.#ruleOf[keyword] ?? 0]
      if (own !== undefined) widen(own, { start: Math.max(0, at - reach.before), end: at + reach.after })
    })
    return this.#rules.flatMap((compiled, index) => {
      const found: Candidate[] = []
      for (const window of windows[index] ?? []) findIn(compiled, text, window, found)
      if (found.length >= maxFinds) capped.add(compiled.rule.id)
      return found
    })
  }
}

function compile(rule: CustomSecretRule): Compiled {
  if (rule.keywords.length === 0 || rule.keywords.some((keyword) => keyword.length < 3))
    throw refused(rule, 'needs keywords of at least 3 characters', 'Give a text that each match holds.')
  try {
    return { rule, expression: RE2JS.compile(asBytes(rule.pattern)) }
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error
    const reason = `has a pattern outside the linear subset (${error.message})`
    throw refused(rule, reason, 'Use no look-around and no back-reference.', error)
  }
}

function refused(rule: CustomSecretRule, reason: string, remediation: string, cause?: Error): UserError {
  const message = `gates.secrets.custom: the rule ${rule.id} ${reason}.`
  return new UserError({ code: 'policy-invalid', message, remediation }, cause === undefined ? {} : { cause })
}

/** Keywords come in order, so a window that overlaps the last one belongs to it. */
function widen(windows: Window[], window: Window): void {
  const last = windows.at(-1)
  if (last === undefined || window.start > last.end) windows.push(window)
  else windows.splice(-1, 1, { start: last.start, end: Math.max(last.end, window.end) })
}

function findIn({ rule, expression }: Compiled, text: string, window: Window, found: Candidate[]): void {
  const matcher = expression.matcher(text.slice(window.start, window.end))
  while (found.length < maxFinds && matcher.find()) {
    const [start, end] = [window.start + matcher.start(), window.start + matcher.end()]
    if (start === end) continue
    found.push({
      rule: { id: rule.id, title: rule.title, remediation, provider: 'custom' },
      family: rule.id,
      severity: 'high',
      // Who writes a rule of their own wants its name to be read, whatever else fits.
      rank: -1,
      start,
      end,
      value: text.slice(start, end),
      evidence: { confidence: 'likely' },
      run: null,
    })
  }
}

const remediation = 'Revoke it where it was issued, and put its successor into a secret store.'

/** UTF-8 with one character for each byte, as the text that it is matched with. */
function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
