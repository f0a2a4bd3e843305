import type { Facts } from '../model/facts.ts'
import type { Policy } from '../model/policy.ts'
import { teamsOf } from '../policy/teams-of.ts'
import type { Age, GitHub, PullRequestFacts, RepositoryName } from '../ports/github.ts'
import { factsOfRepository } from './facts-of-repository.ts'
import { policyThroughApi } from './policy-through-api.ts'

/** What was read of a pull request before its policy was known. */
export type FirstFacts = Pick<Facts, 'reviews' | 'collaborators' | 'organisationPolicy' | 'effectiveRules'>

/**
 * All facts of a pull request by what the policy at the tip of its base branch asks for; of a repository where `number`
 * is null. For the command line, which has no mirror: the policy is read through the API.
 */
export async function gatherFacts(
  github: GitHub,
  name: RepositoryName,
  number: number | null,
): Promise<Facts> {
  if (number === null) return factsOfRepository(github, await github.repository(name))
  const pullRequest = await github.pullRequest(name, number)
  const { repository, baseBranch } = pullRequest
  const first = await gatherFirst(github, repository, pullRequest)
  const given = { branch: baseBranch, organisation: first.organisationPolicy }
  return completeFacts(github, pullRequest, first, await policyThroughApi(github, repository, given))
}

/** Reads what every policy needs, at the same time. */
export async function gatherFirst(
  github: GitHub,
  name: RepositoryName,
  {
    number,
    baseBranch,
    age = 'recent',
  }: { readonly number: number; readonly baseBranch: string; readonly age?: Age },
): Promise<FirstFacts> {
  const [reviews, collaborators, organisationPolicy, effectiveRules] = await Promise.all([
    github.reviews(name, number),
    github.collaborators(name),
    github.organisationPolicy(name.owner, age),
    github.effectiveRules(name, baseBranch, age),
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
  const [attributions, pushers, teams] = await Promise.all([
    hasApproval ? github.attributions(repository, number) : null,
    hasApproval ? pushersOf(github, pullRequest) : null,
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
    pushers,
    teams,
    // The App hands its own over as a secret; a file of facts may bring one.
    fingerprintKey: null,
  }
}

/** A fork that is gone can no longer be asked. */
async function pushersOf(github: GitHub, pullRequest: PullRequestFacts): Promise<Facts['pushers']> {
  const [owner, name] = pullRequest.headRepository?.split('/') ?? []
  if (owner === undefined || name === undefined) return null
  return github.pushers({ owner, name }, pullRequest.headBranch)
}

async function membersOf(github: GitHub, teams: readonly string[]): Promise<Facts['teams']> {
  const members = await Promise.all(
    teams.map(async (team) => [team, await github.teamMembers(team)] as const),
  )
  return Object.fromEntries(members)
}
