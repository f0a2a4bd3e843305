/** The nearest of the known names, if it is near enough to be what somebody meant; null otherwise. */
export function nearest(name: string, known: readonly string[]): string | null {
  const most = Math.max(1, Math.floor(name.length / 3))
  let [best, distance]: [string | null, number] = [null, most + 1]
  for (const candidate of known) {
    // A name that was cut short is near, however much is missing.
    const isCut = name.length >= 4 && candidate.startsWith(name)
    const away = isCut ? most : editDistance(name.toLowerCase(), candidate.toLowerCase(), most)
    if (away < distance) [best, distance] = [candidate, away]
  }
  return best
}

/** Insertions, deletions, replacements, and neighbours that changed places. `most + 1` stands for anything above `most`. */
function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most || one.length > 200) return most + 1
  let [before, last] = [new Array<number>(), Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1
      let best = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + cost)
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (row > 1 && column > 1 && isSwap) best = Math.min(best, at(before, column - 2) + 1)
      current.push(best)
    }
    ;[before, last] = [last, current]
  }
  return at(last, other.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
