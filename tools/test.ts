import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { z } from 'zod'

/**
 * Runs every test, or those below the paths that are given, and ends with one line that counts them:
 * `N passed, N failed[, N skipped]`.
 */
const suites = [
  // One process for all: an embedded database and a compiled engine are made once.
  { folders: ['src', 'github-simulator', 'tools', 'bench', 'demo'], flags: ['--test-isolation=none'] },
  // The whole App, a process each, because these kill and restart it. Two cores: one at a time beside what it starts.
  { folders: ['test'], flags: ['--test-concurrency=1'] },
]

/** What tools/test-counts.ts writes. */
const Counts = z.strictObject({ passed: z.int(), failed: z.int(), skipped: z.int() })

const paths = process.argv.slice(2).map((path) => path.replace(/^\.\//, '').replace(/\/$/, ''))
const counts = { passed: 0, failed: 0, skipped: 0 }
const folder = mkdtempSync(join(tmpdir(), 'portcullis-test-'))

for (const { folders, flags } of suites) {
  const wanted =
    paths.length === 0 ? folders : paths.filter((path) => folders.some((root) => isBelow(path, root)))
  const files = wanted.flatMap((path) => (path.endsWith('.ts') ? [path] : globSync(`${path}/**/*.test.ts`)))
  if (files.length > 0) runSuite(files.toSorted(), flags)
}
rmSync(folder, { recursive: true })

const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`)
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`)
}

function runSuite(files: readonly string[], flags: readonly string[]): void {
  const destination = join(folder, 'counts.json')
  const reporters = [
    '--test-reporter=dot',
    '--test-reporter-destination=stdout',
    '--test-reporter=./tools/test-counts.ts',
    `--test-reporter-destination=${destination}`,
  ]
  const { status } = spawnSync(process.execPath, ['--test', ...flags, ...reporters, ...files], {
    stdio: 'inherit',
  })
  const found = Counts.parse(JSON.parse(readFileSync(destination, 'utf8')))
  counts.passed += found.passed
  counts.skipped += found.skipped
  // A process that fails although each of its tests passed has a fault outside them.
  counts.failed += found.failed === 0 && status !== 0 ? 1 : found.failed
}
