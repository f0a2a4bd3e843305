import type { EffectivePolicy } from '../model/policy-source.ts'
import { explainPath } from '../policy/explain/explain-path.ts'
import { explainRule } from '../policy/explain/explain-rule.ts'
import { explainValues } from '../policy/explain/explain-values.ts'
import { formatLines } from '../policy/explain/line.ts'
import { loadPolicy } from '../policy/load-policy.ts'
import { formatProblems } from '../policy/problems/format-problems.ts'
import type { Command } from './command.ts'
import { policyOptionsHelp, readArguments, readPolicyFiles } from './policy-files.ts'
import type { PolicyArguments } from './policy-files.ts'

/** Exits with 1 where the policy is not valid: then there is nothing to explain but that. */
export const policyExplain: Command = {
  name: 'explain',
  summary: 'Say what holds, and which file and line says so.',
  help: `portcullis policy explain [PATH] [--rule ID]

Without PATH: every value of the effective policy with its source. With PATH: what the policy says about
that file. With --rule: what it says about that rule.

  --policy FILE     instead of the work tree's .github/portcullis.yml
${policyOptionsHelp}`,
  run: (args, context) => {
    const options = readArguments(args)
    const loaded = loadPolicy(readPolicyFiles(context.cwd, options.policy ?? null, options))
    if (loaded.kind === 'invalid') context.out(formatProblems(loaded.problems))
    else context.out(explained(loaded.effective, options))
    return Promise.resolve(loaded.kind === 'valid' ? 0 : 1)
  },
}

function explained(effective: EffectivePolicy, { positionals, rule }: PolicyArguments): string {
  const [path = null] = positionals
  if (rule !== undefined) return formatLines(explainRule(effective, rule, path))
  return formatLines(path === null ? explainValues(effective) : explainPath(effective, path))
}
