import type { Count, Supply, Tally } from './tally.ts'

/** Ways to meet all requirements that are tried; a policy that has more is refused rather than half searched. */
const maxWays = 1000

/**
 * Gives each person to one count only. Of the ways to meet all requirements the nearest is taken, and one that people can
 * still meet before one that they cannot. Null where there are more than a thousand ways.
 */
export function distinct(requirements: readonly Tally[]): Supply | null {
  const ways = waysOf({ kind: 'all', children: requirements })
  if (ways === null) return null
  const plans = ways.map(planOf)
  const best = plans.toSorted(
    (a, b) => Number(b.isPossible) - Number(a.isPossible) || a.missing - b.missing,
  )[0]
  return {
    has: (count) => best?.has.get(count) ?? 0,
    possible: (count) => best?.possible.get(count) ?? 0,
  }
}

interface Plan {
  readonly has: ReadonlyMap<Count, number>
  readonly possible: ReadonlyMap<Count, number>
  readonly missing: number
  readonly isPossible: boolean
}

function planOf(counts: readonly Count[]): Plan {
  const filled = match(counts.map(({ needs, approved }) => ({ needs, people: [...approved] })))
  const possible = match(counts.map(({ needs, people }) => ({ needs, people: [...people.keys()] })))
  return {
    has: new Map(counts.map((count, index) => [count, filled[index] ?? 0])),
    possible: new Map(counts.map((count, index) => [count, possible[index] ?? 0])),
    missing: counts.reduce((total, { needs }, index) => total + needs - (filled[index] ?? 0), 0),
    isPossible: counts.every(({ needs }, index) => possible[index] === needs),
  }
}

/** Each way is the counts that it has to meet. What `none` rules out uses up nobody. */
function waysOf(tally: Tally): readonly (readonly Count[])[] | null {
  if (tally.kind === 'count') return [tally.needs === 0 ? [] : [tally]]
  if (tally.kind === 'none') return [[]]
  const parts: (readonly (readonly Count[])[])[] = []
  for (const part of tally.children.map(waysOf)) {
    if (part === null) return null
    parts.push(part)
  }
  return tally.kind === 'any' ? bounded(parts.flat()) : everyCombination(parts)
}

function everyCombination(
  parts: readonly (readonly (readonly Count[])[])[],
): readonly (readonly Count[])[] | null {
  let ways: readonly (readonly Count[])[] = [[]]
  for (const part of parts) {
    if (ways.length * part.length > maxWays) return null
    ways = ways.flatMap((way) => part.map((next) => [...way, ...next]))
  }
  return ways
}

function bounded(ways: readonly (readonly Count[])[]): readonly (readonly Count[])[] | null {
  return ways.length > maxWays ? null : ways
}

/** So many of these people, each of whom serves one demand. */
export interface Demand {
  readonly needs: number
  readonly people: readonly string[]
}

/**
 * How many people each demand gets when as many places as possible are filled: maximum bipartite matching by augmenting
 * paths (Kuhn), a demand that needs n being n places.
 */
export function match(demands: readonly Demand[]): readonly number[] {
  const places = demands.flatMap((demand, index) =>
    Array.from({ length: demand.needs }, () => ({ demand, index })),
  )
  const placeOf = new Map<string, number>()
  const seat = (place: number, tried: Set<string>): boolean => {
    for (const person of places[place]?.demand.people ?? []) {
      if (tried.has(person)) continue
      tried.add(person)
      const taken = placeOf.get(person)
      if (taken !== undefined && !seat(taken, tried)) continue
      placeOf.set(person, place)
      return true
    }
    return false
  }
  for (const place of places.keys()) seat(place, new Set())
  const filled = demands.map(() => 0)
  for (const place of placeOf.values()) {
    const index = places[place]?.index
    if (index !== undefined) filled[index] = (filled[index] ?? 0) + 1
  }
  return filled
}
