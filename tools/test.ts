import { run } from 'node:test'
import { dot } from 'node:test/reporters'

/** Runs every test and ends with one line that counts them: `N passed, N failed[, N skipped]`. */
const suites = [
  // One process for all: an embedded database and a compiled engine are made once.
  {
    globPatterns: ['src/**/*.test.ts', 'github-simulator/**/*.test.ts', 'tools/**/*.test.ts'],
    isolation: 'none',
  },
  // The whole App, a process each, because these kill and restart it. Two cores: one at a time beside what it starts.
  { globPatterns: ['test/**/*.test.ts'], isolation: 'process', concurrency: 1 },
] as const

const counts = { passed: 0, failed: 0, skipped: 0 }
const only = process.argv[2]

for (const suite of suites) {
  const globPatterns =
    only === undefined ? suite.globPatterns : suite.globPatterns.filter((glob) => glob.startsWith(only))
  if (globPatterns.length > 0) await runSuite({ ...suite, globPatterns: [...globPatterns] })
}

const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`)
// What a test left open would keep the process; what it left running is a failure of its own test, not of this line.
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1

async function runSuite(options: Parameters<typeof run>[0]): Promise<void> {
  const events = run(options)
  events.on('test:summary', ({ file, counts: found }) => {
    // Each file has a summary of its own; the one without a file sums them up.
    if (file !== undefined) return
    counts.passed += found.passed
    counts.failed += found.tests - found.passed - found.skipped - found.todo
    counts.skipped += found.skipped
  })
  for await (const text of events.compose(dot)) process.stdout.write(String(text))
}
