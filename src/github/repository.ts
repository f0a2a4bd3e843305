import { z } from 'zod'

import type { RepositoryFacts, RepositoryName } from '../ports/github.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'

/** The few fields that we read. */
export const RepositoryOfGitHub = z.object({
  id: z.int().positive(),
  name: z.string().min(1),
  owner: z.object({ login: z.string().min(1) }),
  default_branch: z.string().min(1),
  archived: z.boolean(),
})

/** https://docs.github.com/en/rest/repos/repos#get-a-repository */
export async function readRepository(
  reader: Reader,
  { owner, name }: RepositoryName,
): Promise<RepositoryFacts> {
  const found = await reader.one(
    {
      path: path`/repos/${owner}/${name}`,
      permission: { name: 'metadata', level: 'read' },
      priority: 'result',
      keep: 'in-memory',
    },
    RepositoryOfGitHub,
  )
  return repositoryOf(found)
}

export function repositoryOf(found: z.infer<typeof RepositoryOfGitHub>): RepositoryFacts {
  return {
    id: found.id,
    owner: found.owner.login,
    name: found.name,
    defaultBranch: found.default_branch,
    isArchived: found.archived,
  }
}
