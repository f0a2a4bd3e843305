import type { Facts } from '../model/facts.ts'
import type { GitHub, RepositoryFacts } from '../ports/github.ts'

/** Facts of a push, or of a repository as a whole: there is no pull request, and nobody has reviewed anything. */
export function emptyFacts(
  { id, owner, name, defaultBranch }: RepositoryFacts,
  read: Pick<Facts, 'organisationPolicy' | 'effectiveRules'>,
): Facts {
  return {
    schema: 'portcullis/facts/v1',
    repository: { id, owner, name, defaultBranch },
    pullRequest: null,
    reviews: [],
    attributions: null,
    pushers: null,
    collaborators: null,
    teams: {},
    ...read,
    fingerprintKey: null,
  }
}

/** What GitHub says of a repository and its default branch. */
export async function factsOfRepository(github: GitHub, repository: RepositoryFacts): Promise<Facts> {
  const [organisationPolicy, effectiveRules] = await Promise.all([
    github.organisationPolicy(repository.owner),
    github.effectiveRules(repository, repository.defaultBranch),
  ])
  return emptyFacts(repository, { organisationPolicy, effectiveRules })
}
