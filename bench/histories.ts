import { gates } from '../src/gates/index.ts'
import { Git } from '../src/git/git.ts'
import { openLocal } from '../src/git/local.ts'
import { judge } from '../src/jobs/judge.ts'
import { presets } from '../src/jobs/load-policy.ts'
import type { GateId } from '../src/model/finding.ts'
import type { Verdict } from '../src/model/verdict.ts'

/** Judges the last commits of a repository, each as a change of its own, and prints what was found and how long it took. */
const [folder = '.', count = '200'] = process.argv.slice(2)
const git = new Git({ path: process.env['PATH'] ?? '' })
const repository = await openLocal(folder, git)
const head = await repository.resolve('HEAD')
if (head === null) throw new Error(`${folder} has no commit`)
const commits = await repository.commitsOf(head, '', Number(count) + 1)
const times: number[] = []
const found = new Map<string, number>()
const outcomes = new Map<string, number>()

for (const [index, commit] of commits.slice(0, -1).entries()) {
  const start = performance.now()
  const verdict = await verdictOn(commits[index + 1] ?? null, commit)
  times.push(performance.now() - start)
  outcomes.set(verdict.outcome, (outcomes.get(verdict.outcome) ?? 0) + 1)
  for (const { rule, severity } of verdict.findings) {
    const name = `${rule} ${severity}`
    found.set(name, (found.get(name) ?? 0) + 1)
  }
}
await repository.close()

const sorted = times.toSorted((one, other) => one - other)
const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)
process.stdout.write(
  `${folder}: ${sorted.length} changes, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(0.999)} ms\n`,
)
for (const [name, number] of [...outcomes, ...found]) process.stdout.write(`  ${number} ${name}\n`)

async function verdictOn(base: string | null, commit: string): Promise<Verdict> {
  const { verdict, fault } = await judge({
    version: 'bench',
    gates,
    selected: new Set<GateId>(['secrets', 'iac']),
    repository,
    range: { base, head: commit },
    policy: presets(),
    facts: null,
    fingerprintKey: null,
    kept: null,
    today: '2026-01-01',
    clock: () => performance.now(),
  })
  if (fault !== null) throw fault
  for (const finding of verdict.findings)
    if (process.argv.includes('--list'))
      process.stdout.write(
        `${commit.slice(0, 9)} ${finding.rule} ${finding.path}:${finding.startLine} ${finding.preview}\n`,
      )
  return verdict
}
