import { isDeepStrictEqual } from 'node:util'

import { outside } from './values/approver.ts'

/** Where in a value the weakness is; `[]` is the value itself. */
export type WeakPlace = readonly (string | number)[]

/** What a later file may do to a value that an earlier one holds. Each key of the policy has one. */
export interface Strictness<T> {
  /** What stricter means, as the reference page and a refusal say it. */
  readonly words: string
  /** `adds`: entries of a list or of a record join those of the floor. By `identity` two entries of a list are the same one. */
  readonly joins: 'replaces' | 'adds'
  readonly identity?: string
  /** Where `value` is weaker than `floor`; null where it is not. */
  weaker(floor: T, value: T): WeakPlace | null
}

/** Names from the weakest to the strictest. */
export function ordered<const T>(...names: readonly T[]): Strictness<T> {
  return replaces(
    `from weak to strict: ${names.map(String).join(', ')}`,
    (floor, value) => names.indexOf(value) >= names.indexOf(floor),
  )
}

export const higher: Strictness<number> = replaces('higher is stricter', (floor, value) => value >= floor)

export const lower: Strictness<number> = replaces('lower is stricter', (floor, value) => value <= floor)

/** It decides nothing, or nothing that has a stricter side. */
export const free: Strictness<unknown> = replaces('any value is allowed', () => true)

/** A list that may only grow. */
export const grows: Strictness<readonly string[]> = replaces('entries may only be added', (floor, value) =>
  floor.every((entry) => value.includes(entry)),
)

/** A list that may only get shorter. */
export const shrinks: Strictness<readonly string[]> = {
  words: 'entries may only be left out',
  joins: 'replaces',
  weaker: (floor, value) => first(value.findIndex((entry) => !floor.includes(entry))),
}

/** People: only such as the floor includes. `empty` is what an empty list stands for. */
export function approvers(empty: readonly string[] = []): Strictness<readonly string[]> {
  const filled = (list: readonly string[]) => (list.length === 0 ? empty : list)
  return {
    words: 'only people whom the earlier list includes',
    joins: 'replaces',
    weaker: (floor, value) => first(outside(filled(floor), filled(value)) ?? -1, value.length === 0),
  }
}

/** The value of the floor, or none at all where it holds none. */
export function same<T>(): Strictness<T> {
  return replaces('only the same value', (floor, value) => isDeepStrictEqual(floor, value))
}

export function replaces<T>(words: string, holds: (floor: T, value: T) => boolean): Strictness<T> {
  return { words, joins: 'replaces', weaker: (floor, value) => (holds(floor, value) ? null : []) }
}

/** A list whose entries join those of the floor; one of the same `identity` may only be `holds`. */
export function entriesAdd<E>(
  identity: Extract<keyof E, string>,
  words: string,
  holds: (floor: E, value: E) => boolean = isDeepStrictEqual,
): Strictness<readonly E[]> {
  return {
    words,
    joins: 'adds',
    identity,
    weaker: (floor, value) =>
      first(
        value.findIndex((entry) =>
          floor.some((held) => held[identity] === entry[identity] && !holds(held, entry)),
        ),
      ),
  }
}

/** A record whose entries join those of the floor; one of the same key may only be `holds`. */
export function keysAdd<E>(
  words: string,
  holds: (floor: E, value: E) => boolean = isDeepStrictEqual,
): Strictness<Readonly<Record<string, E>>> {
  return {
    words,
    joins: 'adds',
    weaker: (floor, value) => {
      const found = Object.entries(value).find(([name, entry]) => {
        const held = Object.hasOwn(floor, name) ? floor[name] : undefined
        return held !== undefined && !holds(held, entry)
      })
      return found === undefined ? null : [found[0]]
    },
  }
}

function first(index: number, isWhole = false): WeakPlace | null {
  if (index === -1) return null
  return isWhole ? [] : [index]
}
