/** What a benchmark measured. */
export interface Figures {
  /** Times of the same thing, done again and again. */
  readonly times: readonly Times[]
  /** What is no time, one sentence each. */
  readonly notes: readonly string[]
}

export interface Times {
  readonly what: string
  readonly ms: readonly number[]
}

/** A table of times, and below it the notes. */
export function formatFigures(name: string, { times, notes }: Figures): string {
  const head = [name, 'p50', 'p95', 'max', 'n']
  const rows = times.map(({ what, ms }) => [
    what,
    ...[0.5, 0.95, 1].map((share) => `${round(quantile(ms, share))} ms`),
    `${ms.length}`,
  ])
  const table = [head, ...rows].map(([what = '', ...cells]) =>
    [what.padEnd(56), ...cells.map((cell) => cell.padStart(11))].join(' '),
  )
  return [...(times.length === 0 ? [name] : table), ...notes.map((note) => `  ${note}`), ''].join('\n')
}

/** The smallest value that so large a share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

function round(ms: number): string {
  return ms < 10 ? ms.toFixed(2) : ms.toFixed(0)
}
