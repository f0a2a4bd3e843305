import { evaluate } from '../evaluate/evaluate.ts'
import { buildEstate } from '../jobs/build-estate.ts'
import { orRefused } from '../jobs/judge.ts'
import type { Judged } from '../jobs/judge.ts'
import { policyOfFile } from '../jobs/load-policy.ts'
import { scanWithGates } from '../jobs/scan-with-gates.ts'
import type { Gate, GateInput, ScannedBlob } from '../model/gate.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import type { Skip } from '../model/skip.ts'
import { UserError } from '../std/user-error.ts'
import type { Command, CommandContext } from './command.ts'
import { baselineInTree, policyInTree } from './policy-in-tree.ts'
import { readNamedFile } from './read-file.ts'
import { withHistory } from './scanned-history.ts'
import type { Subject } from './scanned-subject.ts'
import { subjectOfTree } from './scanned-tree.ts'
import { verdictFlags } from './verdict-flags.ts'
import type { VerdictFlags } from './verdict-flags.ts'
import { outputJudged } from './verdict-output.ts'

const help = `portcullis scan [PATH...]

Looks at files as they lie, ignored ones too, with the gates that need no change: secrets and iac. The policy and the
baseline are those that lie at the top of the work tree. Every open finding that the policy calls blocking blocks.
Links, submodules and what cannot be read are named.

  --history BASE..HEAD  not the files, but every blob that these commits added; a single name is all of its history
  --all                 the same of every branch and tag
  --policy FILE         this policy instead of .github/portcullis.yml
  --gates a,b           only these of secrets, iac; of a history only secrets
  -f FORMAT[=FILE]      human (default), json, sarif, github; may be repeated
  --no-fail             exit with 0 whatever the verdict is
  --quiet, --verbose    less, or more, of what was found
  --color WHEN          auto (default), always, never

Exit codes: 0 pass, 1 fail, 2 wrong usage, 3 could not be evaluated.
`

const clock = () => performance.now()

/** `portcullis scan`: files as they lie, whatever git says of them, or all that was ever committed. */
export function scan(gates: readonly Gate[]): Command {
  return { name: 'scan', summary: 'look at files as they lie', help, run }

  async function run(args: readonly string[], context: CommandContext): Promise<number> {
    const flags = verdictFlags(args)
    if (flags.isHelp) {
      context.out(help)
      return 0
    }
    if (flags.facts !== null || flags.trust !== null)
      throw wrong('scan judges no change, so it takes no --facts and no --trust.', 'Use portcullis check.')
    const given = policyGiven(flags, context)
    if (flags.history === null && !flags.isAll) {
      const subject = subjectOfTree(context.cwd, flags.positionals)
      return outputJudged(await judged(subject, { gates, flags, context, given }), flags, context)
    }
    return withHistory(flags, context, async (subject) =>
      outputJudged(await judged(subject, { gates, flags, context, given }), flags, context),
    )
  }
}

interface With {
  readonly gates: readonly Gate[]
  readonly flags: VerdictFlags
  readonly context: CommandContext
  /** Of `--policy`. */
  readonly given: EffectivePolicy | null
}

function judged(subject: Subject, { gates, flags, context, given }: With): Promise<Judged> {
  const { version, today } = context
  const { kind, range, repository } = subject
  const selected = new Set([...flags.gates].filter((gate) => subject.gates.includes(gate)))
  return orRefused({ version, gates, kind, range, policy: given }, async () => {
    const policy = given ?? policyInTree(subject.root, today)
    const baseline = baselineInTree(subject.root, policy.policy.baseline)
    const change = await subject.change()
    const settings = { policy: policy.policy, fingerprintKey: baseline.fingerprintKey }
    const request = { gates, selected, settings, repository, kept: null, clock }
    const scanned = new Map(await scanWithGates(request, { ...change, mergeBase: null }))
    const secrets = scanned.get('secrets')
    if (secrets !== undefined)
      scanned.set('secrets', { ...secrets, blobs: [...secrets.blobs, ...subject.skips.map(unread)] })
    const blocking = subject.skips.filter(({ blocks }) => blocks)
    const files = selected.has('iac') ? change.files : []
    const estate = withSkips(
      await buildEstate(repository, files, policy.policy),
      secrets === undefined ? subject.skips : blocking,
    )
    const protection = { kind: 'not-asked' } as const
    const common = { version, kind, gates, selected, change, baseline, facts: null, protection, today, clock }
    const verdict = evaluate({ ...common, policy: allOf(policy), scanned, estate })
    return { verdict, change, fault: null }
  })
}

/** A blob that is not handed to the gate, which has to say so. */
function unread(skip: Skip): ScannedBlob {
  const path = skip.path ?? ''
  return {
    blob: { oid: path, path, kind: 'file', commit: null, size: 0 },
    scan: { findings: [], skips: [skip] },
  }
}

/** What lies there and could not be read may deploy something too. */
function withSkips(estate: GateInput['estate'], skips: readonly Skip[]): GateInput['estate'] {
  return { ...estate, head: { ...estate.head, skips: [...estate.head.skips, ...skips] } }
}

/** Of a tree everything counts: there is no base to compare it with. */
function allOf(effective: EffectivePolicy): EffectivePolicy {
  const { policy } = effective
  return {
    ...effective,
    policy: { ...policy, gates: { ...policy.gates, iac: { ...policy.gates.iac, scope: 'all' } } },
  }
}

function policyGiven(flags: VerdictFlags, { cwd, today }: CommandContext): EffectivePolicy | null {
  if (flags.policy === null) return null
  const text = readNamedFile(cwd, '--policy', flags.policy)
  return policyOfFile(flags.policy, { organisation: null, today, text })
}

function wrong(message: string, remediation: string): UserError {
  return new UserError({ code: 'arguments-invalid', message, remediation })
}
