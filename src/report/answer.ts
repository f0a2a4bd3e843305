import type { Verdict, VerdictFinding, VerdictSkip } from '../model/verdict.ts'
import { visible } from './escape/visible.ts'
import { shorten } from './shorten.ts'
import { count, placeOf } from './words.ts'

/** What a verdict comes down to, in words that fit on one line of plain text. */
export interface Answer {
  /** What decides, the most telling wording first and the shortest last. */
  readonly what: readonly [string, ...string[]]
  /** Whose turn it is; null where nothing is left to do. */
  readonly next: string | null
}

/** What decides a verdict, and who acts next. */
export function answerOf(verdict: Verdict): Answer {
  switch (verdict.outcome) {
    case 'fail':
      return blocked(verdict.findings.filter(({ blocks }) => blocks))
    case 'error':
      return notEvaluated(verdict.skips.filter(({ blocks }) => blocks))
    case 'waiting':
      return waiting(verdict.waiting)
    case 'pass':
      return passed(verdict)
  }
}

const nouns: Readonly<Record<VerdictFinding['gate'], string>> = {
  secrets: 'secret',
  iac: 'manifest problem',
  signatures: 'signature problem',
  reviews: 'review problem',
}

function blocked(findings: readonly VerdictFinding[]): Answer {
  const parts: string[] = []
  for (const [gate, noun] of Object.entries(nouns)) {
    const found = findings.filter((finding) => finding.gate === gate).length
    if (found > 0) parts.push(count(found, noun))
  }
  const counts = parts.join(', ')
  const [only, ...more] = findings
  const next = nextFor(findings)
  if (only === undefined || more.length > 0) return { what: [counts], next }
  const title = visible(only.title)
  const place = placeOf(only)
  return { what: place === null ? [title, counts] : [`${title} in ${visible(place)}`, title, counts], next }
}

/** Reviews are for people other than the author to repair: an objection by its reviewer, a rule by whoever wrote it. */
function nextFor(findings: readonly VerdictFinding[]): string {
  if (findings.some(({ gate }) => gate !== 'reviews')) return 'the author acts'
  const rules = new Set(findings.map(({ rule }) => rule))
  if (rules.has('reviews/requirement-cannot-be-met')) return 'the owners of the policy act'
  if ([...rules].some((rule) => rule.startsWith('protection/')))
    return 'an administrator of the repository acts'
  return rules.has('reviews/changes-requested') ? 'author and reviewer act' : 'the author acts'
}

function notEvaluated(skips: readonly VerdictSkip[]): Answer {
  const [first] = skips
  const file = skips.find(({ gate, path }) => gate === 'policy' && path !== null)?.path ?? null
  if (file !== null)
    return {
      what: [`${visible(file)} is not valid`, 'the policy is not valid'],
      next: 'its owners act',
    }
  const things = `${count(skips.length, 'thing')} could not be looked at`
  if (first === undefined) return { what: ['something could not be looked at'], next: 'see below' }
  const reason = lowerFirst(visible(first.reason).replace(/\.$/, ''))
  const next = nextAfter(first)
  if (skips.length > 1) return { what: [things], next }
  if (first.path === null) return { what: [reason, things], next }
  const name = visible(shorten(first.path, 40))
  return { what: [`${name}: ${reason}`, `${name} could not be read`, things], next }
}

/** A file can be repaired in the change; what the policy asks for, or a limit, cannot. */
function nextAfter({ gate, path }: VerdictSkip): string {
  if (path !== null) return 'the author acts'
  return gate === 'policy' ? 'whoever runs Portcullis acts' : 'the owners of the policy act'
}

/** Behind a colon; but not where a word is written in capitals, as an abbreviation is. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? `${text.charAt(0).toLowerCase()}${text.slice(1)}` : text
}

function waiting(missing: Verdict['waiting']): Answer {
  const approvals = missing.reduce((sum, { needs, has }) => sum + Math.max(0, needs - has), 0)
  const people = [...new Set(missing.flatMap(({ who }) => who))]
  const [one, two, ...others] = people.map(visible)
  const it = approvals === 1 ? 'it' : 'them'
  const named =
    others.length === 0 && one !== undefined ? (two === undefined ? one : `${one} or ${two}`) : null
  const next =
    named === null ? `${count(people.length, 'person', 'people')} can give ${it}` : `${named} can give ${it}`
  const [only] = missing
  const what = count(approvals, 'approval')
  if (missing.length !== 1 || only === undefined) return { what: [what], next }
  return { what: [`${what} for ${visible(only.requirement)}`, what], next }
}

function passed({ gates, subject }: Verdict): Answer {
  const evaluated = gates.filter(({ outcome }) => outcome !== 'not-evaluated').length
  const parts = [count(evaluated, 'gate'), count(subject.files, 'file')]
  if (subject.kind !== 'tree') parts.push(count(subject.commits, 'commit'))
  return { what: [parts.join(', ')], next: null }
}
