import { z } from 'zod'

import { AnswerTooLarge } from '../ports/github-errors.ts'
import type { RepositoryFacts } from '../ports/github.ts'
import { path } from './call.ts'
import type { Reader } from './reader.ts'
import { repositoryOf, RepositoryOfGitHub } from './repository.ts'

const [mostPages, pageSize] = [100, 100] as const

const Page = z.object({ repositories: z.array(RepositoryOfGitHub) })

/** https://docs.github.com/en/rest/apps/installations#list-repositories-accessible-to-the-app-installation */
export async function readInstallationRepositories(reader: Reader): Promise<RepositoryFacts[]> {
  const found: RepositoryFacts[] = []
  for (let page = 1; page <= mostPages; page++) {
    const { repositories } = await reader.one(
      {
        path: path`/installation/repositories`,
        query: { per_page: pageSize, page },
        permission: { name: 'metadata', level: 'read' },
        priority: 'background',
        keep: 'nowhere',
      },
      Page,
    )
    found.push(...repositories.map(repositoryOf))
    if (repositories.length < pageSize) return found
  }
  throw new AnswerTooLarge(`The installation has more than ${mostPages * pageSize} repositories.`)
}
