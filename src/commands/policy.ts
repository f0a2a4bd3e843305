import { UserError } from '../std/user-error.ts'
import type { Command } from './command.ts'
import { policyExplain } from './policy-explain.ts'
import { policyLint } from './policy-lint.ts'
import { policySchemaCommand } from './policy-schema.ts'

const subcommands: readonly Command[] = [policyLint, policyExplain, policySchemaCommand]

export const policy: Command = {
  name: 'policy',
  summary: 'Check the policy file, say where each value comes from, print its schema.',
  help: [
    'portcullis policy SUBCOMMAND',
    '',
    ...subcommands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
    '',
    'portcullis policy SUBCOMMAND --help says more.',
    '',
  ].join('\n'),
  run: async (args, context) => {
    const [name, ...rest] = args
    const command = subcommands.find((one) => one.name === name)
    if (command !== undefined && rest.includes('--help')) {
      context.out(command.help)
      return 0
    }
    if (command !== undefined) return command.run(rest, context)
    const known = subcommands.map((one) => one.name).join(', ')
    const message = name === undefined ? 'policy needs a subcommand.' : `policy has no subcommand "${name}".`
    throw new UserError({ code: 'arguments-invalid', message, remediation: `Use one of ${known}.` })
  },
}
