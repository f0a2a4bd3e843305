import type { Facts } from '../model/facts.ts'
import type { Policy } from '../model/policy.ts'
import { teamsOf } from '../policy/teams-of.ts'
import type { GitHub, PullRequestFacts, RepositoryName } from '../ports/github.ts'

/** What was read of a pull request before its policy was known. */
export type FirstFacts = Pick<Facts, 'reviews' | 'collaborators' | 'organisationPolicy' | 'effectiveRules'>

/** Reads what every policy needs, at the same time. */
export async function gatherFirst(
  github: GitHub,
  name: RepositoryName,
  { number, baseBranch }: { readonly number: number; readonly baseBranch: string },
): Promise<FirstFacts> {
  const [reviews, collaborators, organisationPolicy, effectiveRules] = await Promise.all([
    github.reviews(name, number),
    github.collaborators(name),
    github.organisationPolicy(name.owner),
    github.effectiveRules(name, baseBranch),
  ])
  return { reviews, collaborators, organisationPolicy, effectiveRules }
}

/** Adds what this policy needs, and no more: each further question costs a call. */
export async function completeFacts(
  github: GitHub,
  pullRequest: PullRequestFacts,
  first: FirstFacts,
  policy: Policy,
): Promise<Facts> {
  const { repository, number } = pullRequest
  // Whose commits these are matters only once somebody's approval could count.
  const hasApproval = first.reviews.some(({ state }) => state === 'approved')
  const [attributions, teams] = await Promise.all([
    hasApproval ? github.attributions(repository, number) : {},
    membersOf(github, teamsOf(policy)),
  ])
  return {
    schema: 'portcullis/facts/v1',
    repository: {
      id: repository.id,
      owner: repository.owner,
      name: repository.name,
      defaultBranch: repository.defaultBranch,
    },
    pullRequest: {
      number,
      author: pullRequest.author,
      isDraft: pullRequest.isDraft,
      title: pullRequest.title,
      body: pullRequest.body,
      baseBranch: pullRequest.baseBranch,
      headBranch: pullRequest.headBranch,
      headRepository: pullRequest.headRepository,
      labels: [...pullRequest.labels],
    },
    ...first,
    attributions,
    pushers: [],
    teams,
    // The App hands its own over as a secret; a file of facts may bring one.
    fingerprintKey: null,
  }
}

async function membersOf(github: GitHub, teams: readonly string[]): Promise<Facts['teams']> {
  const members = await Promise.all(
    teams.map(async (team) => [team, await github.teamMembers(team)] as const),
  )
  return Object.fromEntries(members)
}
