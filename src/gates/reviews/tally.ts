import type { Needs } from '../../model/policy.ts'
import type { Elector } from './electorate.ts'

/** A tree of {@link Needs} with the people put in. */
export type Tally = Count | { readonly kind: 'any' | 'all' | 'none'; readonly children: readonly Tally[] }

/** So many of these people. Keys are those of `electorKey`. */
export interface Count {
  readonly kind: 'count'
  readonly needs: number
  /** Those who may approve, be it that they have or not. */
  readonly people: ReadonlyMap<string, Elector>
  readonly approved: ReadonlySet<string>
  /** Why there may be more people, a sentence each. */
  readonly unknown: readonly string[]
  /** `@acme/platform, admin`. */
  readonly asks: string
  /** Who is asked and may not: `ann, because this person pushed to the change`. */
  readonly excluded: readonly string[]
}

/** How far a requirement is. */
export type Progress =
  | { readonly kind: 'met'; readonly needs: number; readonly has: number }
  | {
      readonly kind: 'waiting'
      readonly needs: number
      readonly has: number
      readonly who: readonly string[]
    }
  | {
      readonly kind: 'impossible'
      readonly needs: number
      readonly has: number
      readonly why: readonly string[]
    }
  | { readonly kind: 'unknown'; readonly why: readonly string[] }

/** How many approvals a count has got, and how many it could get: other requirements may use up the same people. */
export interface Supply {
  has(count: Count): number
  possible(count: Count): number
}

/** Everybody serves every requirement. */
export const shared: Supply = {
  has: (count) => count.approved.size,
  possible: (count) => count.people.size,
}

/** Makes the tree; `countOf` puts the people into one leaf. In `none`, what counts is what was said, so nothing is added to it. */
export function tallyOf(needs: Needs, countOf: (leaf: CountNeeds, inNone: boolean) => Count): Tally {
  const walk = (node: Needs, inNone: boolean): Tally => {
    if ('any' in node) return { kind: 'any', children: node.any.map((child) => walk(child, inNone)) }
    if ('all' in node) return { kind: 'all', children: node.all.map((child) => walk(child, inNone)) }
    if ('none' in node) return { kind: 'none', children: node.none.map((child) => walk(child, true)) }
    return countOf(node, inNone)
  }
  return walk(needs, false)
}

export type CountNeeds = Extract<Needs, { count: number }>

/** How far the tree is. */
export function progressOf(tally: Tally, supply: Supply): Progress {
  if (tally.kind === 'count') return progressOfCount(tally, supply)
  const own = tally.kind === 'none' ? shared : supply
  const parts = tally.children.map((child) => progressOf(child, own))
  if (tally.kind === 'all') return progressOfAll(parts)
  return tally.kind === 'any' ? progressOfAny(parts) : progressOfNone(parts)
}

function progressOfCount(count: Count, supply: Supply): Progress {
  const { needs, people, approved, unknown } = count
  const has = Math.min(supply.has(count), needs)
  if (has >= needs) return { kind: 'met', needs, has }
  if (unknown.length > 0) return { kind: 'unknown', why: unknown }
  const possible = supply.possible(count)
  if (possible < needs) return { kind: 'impossible', needs, has, why: [tooFew(count, possible)] }
  const who = [...people].filter(([key]) => !approved.has(key)).map(([, { login }]) => login)
  return { kind: 'waiting', needs, has, who: who.toSorted() }
}

/** Names at most this many of those who may not approve: a team may have hundreds. */
const maxExcluded = 5

function tooFew({ needs, asks, excluded }: Count, possible: number): string {
  const can = possible === 0 ? 'nobody' : `only ${possible}`
  const more = excluded.length > maxExcluded ? [`${excluded.length - maxExcluded} more`] : []
  const not = [...excluded.slice(0, maxExcluded), ...more]
  const who = not.length === 0 ? '' : ` (not ${not.join(', nor ')})`
  return `it needs ${needs} of ${asks}, of whom ${can} may approve${who}`
}

function progressOfAll(parts: readonly Progress[]): Progress {
  const [needs, has] = [sum(parts, 'needs'), sum(parts, 'has')]
  const impossible = parts.flatMap((part) => (part.kind === 'impossible' ? part.why : []))
  if (impossible.length > 0) return { kind: 'impossible', needs, has, why: impossible }
  const unknown = parts.flatMap((part) => (part.kind === 'unknown' ? part.why : []))
  if (unknown.length > 0) return { kind: 'unknown', why: unknown }
  const waiting = parts.filter((part) => part.kind === 'waiting')
  if (waiting.length === 0) return { kind: 'met', needs, has }
  return { kind: 'waiting', needs, has, who: unite(waiting.map(({ who }) => who)) }
}

/** The nearest alternative speaks for all. One that people can meet speaks before one of which nothing is known. */
function progressOfAny(parts: readonly Progress[]): Progress {
  const met = parts.find((part) => part.kind === 'met')
  if (met !== undefined) return met
  const waiting = parts
    .filter((part) => part.kind === 'waiting')
    .toSorted((a, b) => a.needs - a.has - (b.needs - b.has))
  const [nearest] = waiting
  if (nearest !== undefined) {
    const missing = nearest.needs - nearest.has
    const near = waiting.filter(({ needs, has }) => needs - has === missing)
    return { ...nearest, who: unite(near.map(({ who }) => who)) }
  }
  const unknown = parts.flatMap((part) => (part.kind === 'unknown' ? part.why : []))
  if (unknown.length > 0) return { kind: 'unknown', why: unknown }
  const impossible = parts.flatMap((part) => (part.kind === 'impossible' ? part.why : []))
  return {
    kind: 'impossible',
    needs: 1,
    has: 0,
    why: impossible.length > 0 ? impossible : ['it names nobody'],
  }
}

/** An approval that must not be there can only be taken back, so nobody is waited for. */
function progressOfNone(parts: readonly Progress[]): Progress {
  if (parts.some((part) => part.kind === 'met')) {
    const why = ['somebody has approved whose approval is ruled out; dismiss that approval']
    return { kind: 'impossible', needs: 0, has: 0, why }
  }
  const unknown = parts.flatMap((part) => (part.kind === 'unknown' ? part.why : []))
  return unknown.length > 0 ? { kind: 'unknown', why: unknown } : { kind: 'met', needs: 0, has: 0 }
}

function sum(parts: readonly Progress[], key: 'needs' | 'has'): number {
  return parts.reduce((total, part) => total + (part.kind === 'unknown' ? 0 : part[key]), 0)
}

function unite(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].toSorted()
}
