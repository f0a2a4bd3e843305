import { loadPolicy } from '../policy/load-policy.ts'
import type { LoadedPolicy } from '../policy/load-policy.ts'
import { formatProblems } from '../policy/problems/format-problems.ts'
import type { Command } from './command.ts'
import { policyOptionsHelp, readArguments, readPolicyFiles } from './policy-files.ts'

/** Exits with 0 for a valid policy, with warnings too, and with 1 for one that is not. */
export const policyLint: Command = {
  name: 'lint',
  summary: 'Check a policy file.',
  help: `portcullis policy lint [FILE]

Checks a policy file by itself; FILE is the work tree's .github/portcullis.yml where it is left out.
Exits with 0 if it is valid, 1 if it is not, 2 for wrong arguments.

${policyOptionsHelp}`,
  run: (args, context) => {
    const options = readArguments(args)
    const file = options.positionals[0] ?? options.policy ?? null
    const input = readPolicyFiles(context.cwd, file, options)
    const loaded = loadPolicy(input)
    const label = input.repository?.path ?? input.organisation?.repository ?? 'no policy file'
    context.out(lintReport(label, loaded))
    return Promise.resolve(loaded.kind === 'valid' ? 0 : 1)
  },
}

function lintReport(label: string, loaded: LoadedPolicy): string {
  const problems = loaded.kind === 'valid' ? loaded.warnings : loaded.problems
  const errors = problems.filter(({ level }) => level === 'error').length
  const counts = [counted(errors, 'error'), counted(problems.length - errors, 'warning')].filter(
    (one) => one !== '',
  )
  const last = [`${label}: ${loaded.kind === 'valid' ? 'valid' : 'not valid'}`, ...counts].join(', ')
  const found = problems.length === 0 ? '' : `${formatProblems(problems)}\n`
  if (loaded.kind === 'invalid') return `${found}${last}\n`
  return `${found}${last}\n  ${loaded.effective.sources.join(' < ')}\n  ${loaded.effective.digest}\n`
}

/** `''` for none. */
function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`
}
