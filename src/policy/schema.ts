import { z } from 'zod'

import { PolicyFile } from './policy-file.ts'

/** The JSON Schema (draft 2020-12) of a policy file, for editors: what policy.schema.json holds. */
export function policySchema(): Record<string, unknown> {
  const made = z.toJSONSchema(PolicyFile, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema, path }) => {
      const title = titleOf(path)
      if (title !== '') jsonSchema.title = title
    },
  })
  const { $schema, ...rest } = made
  return {
    $schema,
    $id: 'urn:portcullis:policy:v1',
    title: 'Portcullis policy',
    description: 'The policy of a repository, .github/portcullis.yml.',
    ...rest,
  }
}

/** `gates.iac.fail_on` for what stands below properties only; `''` for what is inside a list, and for the root. */
function titleOf(path: readonly (string | number)[]): string {
  const names = path.filter((_, index) => index % 2 === 1)
  const isBelowProperties = path.every((part, index) => index % 2 === 1 || part === 'properties')
  return path.length % 2 === 0 && isBelowProperties ? names.join('.') : ''
}
