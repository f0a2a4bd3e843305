import { statSync } from 'node:fs'
import { resolve } from 'node:path'

import { judgeByPolicy } from '../jobs/judge-by-policy.ts'
import { orRefused } from '../jobs/judge.ts'
import type { Judged } from '../jobs/judge.ts'
import { loadPolicyAt, policyOfFile } from '../jobs/load-policy.ts'
import type { Facts } from '../model/facts.ts'
import type { Gate } from '../model/gate.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import type { Repository } from '../ports/git.ts'
import { Redacted } from '../std/redacted.ts'
import { UserError } from '../std/user-error.ts'
import type { Command, CommandContext } from './command.ts'
import { judgedRange } from './judged-range.ts'
import { readNamedFile } from './read-file.ts'
import { uncommittedIn, uncommittedNote } from './uncommitted.ts'
import { verdictFlags } from './verdict-flags.ts'
import type { VerdictFlags } from './verdict-flags.ts'
import { outputJudged } from './verdict-output.ts'

const help = `portcullis check [BASE..HEAD]

Judges the commits BASE..HEAD as the App judges a pull request: policy, baseline and code owners come from the tip of
BASE, content is compared with the merge base (so BASE...HEAD means the same). Uncommitted files are not judged; where
tracked ones differ from HEAD, stderr says so. (Files that were never added are not looked for.)

  BASE..HEAD            default: origin/HEAD, origin/main, origin/master, main or master, up to HEAD
  --policy FILE         this policy instead of the one of BASE
  --trust DIR           this trust root instead of the one of BASE (not used yet: signatures are not verified)
  --facts FILE          GitHub's facts, from portcullis facts: with them reviews are judged too
  --gates a,b           only these of secrets, iac, signatures, reviews
  -f FORMAT[=FILE]      human (default), json, sarif, github; may be repeated
  --no-fail             exit with 0 whatever the verdict is
  --quiet, --verbose    less, or more, of what was found
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
    if (flags.history !== null || flags.isAll)
      throw wrong('check judges a range: it takes no --history and no --all.', 'Use portcullis scan.')
    noteTrust(flags, context)
    const facts = await factsGiven(flags, context)
    const given = policyGiven(flags, facts, context)
    const repository = await context.openRepository(context.cwd)
    try {
      const judged = await judge(repository, { flags, facts, given, context })
      const code = outputJudged(judged, flags, context)
      if (!flags.isQuiet) await noteUncommitted(repository, judged, context)
      return code
    } finally {
      await repository.close()
    }
  }

  async function judge(repository: Repository, { flags, facts, given, context }: Given) {
    const range = await judgedRange(repository, flags.positionals)
    const { version, today } = context
    const key = facts?.fingerprintKey ?? null
    const fingerprintKey = key === null ? null : new Redacted(key)
    const named = { version, gates, selected: flags.gates, repository, range, facts, today, clock }
    const unjudged = { ...named, fingerprintKey, kept: null }
    return orRefused({ version, gates, kind: 'range', range, policy: given }, async () => {
      const organisation = facts?.organisationPolicy ?? null
      const loaded =
        given === null
          ? await loadPolicyAt(repository, range.base, { organisation, today })
          : ({ kind: 'valid', policy: given } as const)
      return judgeByPolicy(unjudged, loaded)
    })
  }
}

interface Given {
  readonly flags: VerdictFlags
  readonly facts: Facts | null
  /** Of `--policy`; null for the base side's. */
  readonly given: EffectivePolicy | null
  readonly context: CommandContext
}

/** Given by hand, so a mistake in it is wrong usage. */
function policyGiven(
  flags: VerdictFlags,
  facts: Facts | null,
  { cwd, today }: CommandContext,
): EffectivePolicy | null {
  if (flags.policy === null) return null
  const organisation = facts?.organisationPolicy ?? null
  return policyOfFile(flags.policy, {
    text: readNamedFile(cwd, '--policy', flags.policy),
    organisation,
    today,
  })
}

/** The schema of facts is loaded only where there are some. */
async function factsGiven({ facts }: VerdictFlags, { cwd }: CommandContext): Promise<Facts | null> {
  return facts === null ? null : (await import('./facts-file.ts')).readFactsFile(cwd, facts)
}

/** Only where the work tree is what was judged: on another branch its files say nothing about the change. */
async function noteUncommitted(
  repository: Repository,
  { change }: Judged,
  context: CommandContext,
): Promise<void> {
  if (change === null || change.head !== (await repository.resolve('HEAD'))) return
  const uncommitted = uncommittedIn(context.cwd, change.trees.head)
  const note = uncommitted === null ? null : uncommittedNote(uncommitted)
  if (note !== null) context.err(`portcullis: ${note}\n`)
}

function noteTrust({ trust }: VerdictFlags, context: CommandContext): void {
  if (trust === null) return
  if (statSync(resolve(context.cwd, trust), { throwIfNoEntry: false })?.isDirectory() !== true)
    throw wrong(`--trust ${trust} is no folder.`, 'Name the folder that holds trust.yml.')
  context.err('portcullis: --trust is not used yet: this version verifies no signatures.\n')
}

function wrong(message: string, remediation: string): UserError {
  return new UserError({ code: 'arguments-invalid', message, remediation })
}
