import { approvals } from './score/approvals.ts'
import { secrets } from './score/secrets.ts'

/** Runs accuracy data through the product's own code; throws for data that it cannot read. */
export type Scorer = (path: string) => Promise<Score>

export interface Score {
  /** One line a case that was judged wrongly, with its id; no line holds a secret of the data. */
  readonly misses: readonly string[]
  /** The first row is the head. */
  readonly table: readonly (readonly string[])[]
  readonly right: number
  readonly total: number
}

const scorers: ReadonlyMap<string, Scorer> = new Map([
  ['secrets', secrets],
  ['approvals', approvals],
])

function print({ misses, table, right, total }: Score): void {
  const lines = [...misses, '', ...table.map(toLine)]
  process.stdout.write(`${lines.join('\n')}\n\nscore: ${right} of ${total}\n`)
}

function toLine([title = '', ...cells]: readonly string[]): string {
  return [title.padEnd(30), ...cells.map((cell) => cell.padStart(24))].join(' ')
}

if (import.meta.main) {
  const [name = '', path = ''] = process.argv.slice(2)
  const scorer = scorers.get(name)
  if (scorer === undefined || path === '') {
    const names = [...scorers.keys()].join(', ')
    process.stderr.write(`usage: npm run score -- NAME PATH, where NAME is one of ${names}\n`)
    process.exitCode = 2
  } else {
    print(await scorer(path))
  }
}
