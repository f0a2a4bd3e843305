import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { noBaseline } from '../evaluate/baseline.ts'
import { evaluate } from '../evaluate/evaluate.ts'
import type { ScannedBlobs } from '../evaluate/evaluate.ts'
import { buildEstate } from '../jobs/build-estate.ts'
import { policyOfFile, presets } from '../jobs/load-policy.ts'
import { scanBlobs } from '../jobs/scan-blobs.ts'
import type { Change, ChangedFile } from '../model/change.ts'
import type { GateId } from '../model/finding.ts'
import type { Gate } from '../model/gate.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import { policyFilePath } from '../policy/policy-paths.ts'
import type { Command, CommandContext } from './command.ts'
import { readNamedFile } from './read-file.ts'
import { verdictFlags } from './verdict-flags.ts'
import type { VerdictFlags } from './verdict-flags.ts'
import { outputVerdict } from './verdict-output.ts'
import { workTree } from './work-tree.ts'
import type { WorkTree } from './work-tree.ts'

const help = `portcullis scan [PATH...]

Looks at files as they lie, ignored ones too, with the gates that need no change: secrets and iac. The policy is the
one that lies at the root. Every open finding that the policy calls blocking blocks.

  --policy FILE         this policy instead of .github/portcullis.yml
  --gates a,b           only these of secrets, iac
  -f FORMAT[=FILE]      human (default), json, sarif, github; may be repeated
  --no-fail, --quiet, --verbose, --color WHEN

Exit codes: 0 pass, 1 fail, 2 wrong usage, 3 could not be evaluated.
`

const clock = () => performance.now()

/** `portcullis scan`: files as they lie, whatever git says of them. */
export function scan(gates: readonly Gate[]): Command {
  return { name: 'scan', summary: 'look at files as they lie', help, run }

  async function run(args: readonly string[], context: CommandContext): Promise<number> {
    const flags = verdictFlags(args)
    if (flags.isHelp) {
      context.out(help)
      return 0
    }
    const tree = workTree(context.cwd, flags.positionals)
    const policy = policyIn(tree, flags, context)
    const selected = new Set([...flags.gates].filter((gate) => gate === 'secrets' || gate === 'iac'))
    const change = changeOf(tree)
    const scanned = await scanWith(gates, { tree, policy, selected })
    const estate = await buildEstate(tree.source, change.files, { ...policy.policy })
    const verdict = evaluate({
      version: context.version,
      kind: 'tree',
      gates,
      selected,
      change,
      estate,
      scanned,
      policy: allOf(policy),
      baseline: noBaseline,
      facts: null,
      today: context.today,
      clock,
    })
    const skips = [...verdict.skips, ...tree.skips.map((skip) => ({ gate: 'secrets' as const, ...skip }))]
    return outputVerdict({ ...verdict, skips }, flags, context)
  }
}

/** Of a tree everything counts: there is no base to compare it with. */
function allOf(effective: EffectivePolicy): EffectivePolicy {
  const { policy } = effective
  return {
    ...effective,
    policy: { ...policy, gates: { ...policy.gates, iac: { ...policy.gates.iac, scope: 'all' } } },
  }
}

function policyIn(tree: WorkTree, flags: VerdictFlags, { cwd, today }: CommandContext): EffectivePolicy {
  const given = { organisation: null, today }
  if (flags.policy !== null) {
    const text = readNamedFile(cwd, '--policy', flags.policy)
    return policyOfFile(flags.policy, { ...given, text })
  }
  const isThere = tree.files.some(({ path }) => path === policyFilePath)
  if (!isThere) return presets()
  return policyOfFile(policyFilePath, {
    ...given,
    text: readFileSync(join(tree.root, policyFilePath), 'utf8'),
  })
}

async function scanWith(
  gates: readonly Gate[],
  { tree, policy, selected }: { tree: WorkTree; policy: EffectivePolicy; selected: ReadonlySet<GateId> },
): Promise<ReadonlyMap<GateId, ScannedBlobs>> {
  const scanned = new Map<GateId, ScannedBlobs>()
  for (const gate of gates) {
    if (!selected.has(gate.id)) continue
    const settings = { policy: policy.policy, fingerprintKey: null }
    const { source: repository, files: blobs } = tree
    const result = await scanBlobs({ gate, settings, repository, blobs, kept: null, clock })
    if (result !== null) scanned.set(gate.id, result)
  }
  return scanned
}

/** All files as if they were new. */
function changeOf({ files }: WorkTree): Change {
  const added = files.map(({ oid, path, kind }): ChangedFile => ({
    path,
    status: 'added',
    base: null,
    head: { oid, kind },
  }))
  return {
    base: null,
    mergeBase: null,
    head: '',
    trees: { base: null, head: '' },
    commits: [],
    files: added,
    blobs: files,
    reviewed: [],
  }
}
