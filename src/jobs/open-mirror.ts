import type { Mirror } from '../ports/git.ts'
import type { GitHub, RepositoryFacts } from '../ports/github.ts'
import type { App } from './app.ts'

/** Opens the mirror of a repository for as long as `use` needs it. */
export async function withMirror<Result>(
  app: App,
  { github, installation, repository }: { github: GitHub; installation: number; repository: RepositoryFacts },
  use: (mirror: Mirror) => Promise<Result>,
): Promise<Result> {
  const of = { installation, repository: repository.id, url: github.cloneUrl(repository) }
  const mirror = await app.mirrors.open(of, () => github.cloneToken(repository))
  try {
    return await use(mirror)
  } finally {
    await mirror.close()
  }
}
