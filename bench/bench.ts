import { availableParallelism, loadavg } from 'node:os'

import type { Figures } from './figures.ts'
import { formatFigures } from './figures.ts'
import { firstStart } from './first-start.ts'
import { git } from './git.ts'
import { intake } from './intake.ts'
import { push } from './push.ts'
import { queue } from './queue.ts'
import { scan } from './scan.ts'

/** Every benchmark, the quick ones first: the order in which all of them run. */
const benchmarks: ReadonlyMap<string, () => Promise<Figures>> = new Map([
  // Before any that opens a database: a process starts the slower, the more memory the one has that starts it.
  ['git', git],
  ['queue', queue],
  ['first-start', firstStart],
  ['scan', scan],
  ['intake', intake],
  ['push', push],
])

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !benchmarks.has(name))
if (unknown.length > 0) {
  const names = [...benchmarks.keys()].join(', ')
  process.stderr.write(`usage: npm run bench [NAME...], where NAME is one of ${names}\n`)
  process.exitCode = 2
} else {
  for (const [name, benchmark] of benchmarks) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    process.stdout.write(`${formatFigures(name, await benchmark())}  ${machine()}\n\n`)
  }
}

/** What the figures depend on beside the code: others may be at work on the same machine. */
function machine(): string {
  const load = loadavg()[0] ?? Number.NaN
  return `Node ${process.versions.node}, ${availableParallelism()} cores, load ${load.toFixed(1)}`
}
