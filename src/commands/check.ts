import { judgeByPolicy } from '../jobs/judge-by-policy.ts'
import { loadPolicyAt, policyOfFile } from '../jobs/load-policy.ts'
import type { LoadedPolicy } from '../jobs/load-policy.ts'
import type { Facts } from '../model/facts.ts'
import type { Gate } from '../model/gate.ts'
import type { Repository } from '../ports/git.ts'
import { Redacted } from '../std/redacted.ts'
import type { Command, CommandContext } from './command.ts'
import { readFactsFile } from './facts-file.ts'
import { judgedRange } from './judged-range.ts'
import type { JudgedRange } from './judged-range.ts'
import { readNamedFile } from './read-file.ts'
import { verdictFlags } from './verdict-flags.ts'
import type { VerdictFlags } from './verdict-flags.ts'
import { outputVerdict } from './verdict-output.ts'

const help = `portcullis check [BASE..HEAD]

Judges the commits BASE..HEAD as the App judges a pull request: policy, baseline and code owners come from the tip of
BASE, content is compared with the merge base. Uncommitted files are not judged.

  BASE..HEAD            default: origin/HEAD, origin/main, origin/master, main or master, up to HEAD
  --policy FILE         this policy instead of the one of BASE
  --facts FILE          GitHub's facts, from portcullis facts: with them reviews are judged too
  --gates a,b           only these of secrets, iac, signatures, reviews
  -f FORMAT[=FILE]      human (default), json, sarif, github; may be repeated
  --no-fail             exit with 0 whatever the verdict is
  --quiet, --verbose    less, or more, on the way
  --color WHEN          auto (default), always, never

Exit codes: 0 pass, 1 fail, 2 wrong usage, 3 could not be evaluated, 4 only approvals are missing.
`

const clock = () => performance.now()

/** `portcullis check`: the same verdict as the App's, on a laptop or in CI. */
export function check(gates: readonly Gate[]): Command {
  return { name: 'check', summary: 'judge a change: the same verdict as the App', help, run }

  async function run(args: readonly string[], context: CommandContext): Promise<number> {
    const flags = verdictFlags(args)
    if (flags.isHelp) {
      context.out(help)
      return 0
    }
    const repository = await context.openRepository(context.cwd)
    try {
      const range = await judgedRange(repository, flags.positionals)
      const facts = flags.facts === null ? null : readFactsFile(context.cwd, flags.facts)
      const loaded = await policyFor(repository, { range, facts, flags, context })
      const { version, today } = context
      const unjudged = { version, gates, selected: flags.gates, repository, range, facts, today, kept: null }
      const fingerprintKey =
        facts?.fingerprintKey === null || facts === null ? null : new Redacted(facts.fingerprintKey)
      const { verdict, fault } = await judgeByPolicy({ ...unjudged, fingerprintKey, clock }, loaded)
      if (fault !== null) context.err(`${flags.isVerbose ? fault.stack : fault.name}\n`)
      return outputVerdict(verdict, flags, context)
    } finally {
      await repository.close()
    }
  }
}

interface Given {
  readonly range: JudgedRange
  readonly facts: Facts | null
  readonly flags: VerdictFlags
  readonly context: CommandContext
}

/** The base side's policy, or the file of `--policy`: that one was given by hand, so a mistake in it is wrong usage. */
async function policyFor(repository: Repository, given: Given): Promise<LoadedPolicy> {
  const { range, facts, flags, context } = given
  const organisation = facts?.organisationPolicy ?? null
  const { today, cwd } = context
  if (flags.policy === null) return loadPolicyAt(repository, range.base, { organisation, today })
  const text = readNamedFile(cwd, '--policy', flags.policy)
  return { kind: 'valid', policy: policyOfFile(flags.policy, { text, organisation, today }) }
}
