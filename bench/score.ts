import { secrets } from './score/secrets.ts'

/** Runs accuracy data through the product's own code; throws for data that it cannot read. */
export type Scorer = (path: string) => Promise<Score>

export interface Score {
  /** One line a case that was judged wrongly, with its id; no line holds a text of the data. */
  readonly misses: readonly string[]
  readonly table: readonly Row[]
  readonly right: number
  readonly total: number
}

export interface Row {
  readonly name: string
  /** How many of the cases that should be found were. */
  readonly found: number
  readonly expected: number
  /** How many of the cases that should not be were all the same. */
  readonly wronglyFound: number
  readonly benign: number
}

const scorers: Readonly<Record<string, Scorer>> = { secrets }

const [name = '', path = ''] = process.argv.slice(2)
const scorer = scorers[name]
if (scorer === undefined || path === '') {
  process.stderr.write(
    `usage: npm run score -- NAME PATH, where NAME is one of ${Object.keys(scorers).join(', ')}\n`,
  )
  process.exitCode = 2
} else {
  print(await scorer(path))
}

function print({ misses, table, right, total }: Score): void {
  const lines = [...misses, '', columns('', 'recall', 'false positives'), ...table.map(toLine)]
  process.stdout.write(`${lines.join('\n')}\n\nscore: ${right} of ${total}\n`)
}

function toLine({ name: title, found, expected, wronglyFound, benign }: Row): string {
  return columns(title, share(found, expected), share(wronglyFound, benign))
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`
}

function columns(...texts: readonly [string, string, string]): string {
  const [title, recall, falsePositives] = texts
  return `${title.padEnd(30)} ${recall.padStart(24)} ${falsePositives.padStart(24)}`
}
