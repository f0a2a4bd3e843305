/** The known word that a person probably meant: at most a third of its letters differ. Null where none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  let [best, least] = [null as string | null, Infinity]
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best !== null && least <= Math.max(1, Math.floor(best.length / 3)) ? best : null
}

/** Letters to insert, delete, replace or swap with a neighbour (optimal string alignment). */
function editDistance(one: string, other: string): number {
  const rows: number[][] = []
  for (let i = 0; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) row.push(i === 0 ? j : cell(rows, row, { one, other, i, j }))
    rows.push(row)
  }
  return rows.at(-1)?.at(-1) ?? 0
}

interface At {
  readonly one: string
  readonly other: string
  readonly i: number
  readonly j: number
}

function cell(rows: readonly number[][], row: readonly number[], { one, other, i, j }: At): number {
  const above = rows[i - 1] ?? []
  const isSame = one[i - 1] === other[j - 1]
  const least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (isSame ? 0 : 1))
  const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
  return isSwapped ? Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1) : least
}
