import { policySchema } from '../policy/schema.ts'
import type { Command } from './command.ts'

export const policySchemaCommand: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of the policy file, for editors.',
  help: `portcullis policy schema

Prints the JSON Schema (draft 2020-12) of .github/portcullis.yml. With
  # yaml-language-server: $schema=./policy.schema.json
at its top, an editor checks and completes the file.
`,
  run: (_, context) => {
    context.out(`${JSON.stringify(policySchema(), null, 2)}\n`)
    return Promise.resolve(0)
  },
}
