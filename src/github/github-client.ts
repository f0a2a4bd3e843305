import type { GitHub, RepositoryName } from '../ports/github.ts'
import type { Redacted } from '../std/redacted.ts'
import { readAttributions } from './attributions.ts'
import type { Caller } from './caller.ts'
import { openChecks } from './checks.ts'
import { readCollaborators } from './collaborators.ts'
import { openComments } from './comments.ts'
import { readEffectiveRules } from './effective-rules.ts'
import type { GitHubHost } from './host.ts'
import { cloneUrl } from './host.ts'
import { readInstallationRepositories } from './installation-repositories.ts'
import type { KeptAnswers } from './kept-answers.ts'
import { answersInMemory } from './kept-answers.ts'
import { readFile, readOrganisationPolicy } from './policy-file.ts'
import { readOpenPullRequests, readPullRequest } from './pull-request.ts'
import { readPushers } from './pushers.ts'
import { openReader } from './reader.ts'
import { readRepository } from './repository.ts'
import { readReviews } from './reviews.ts'
import { readRole } from './role.ts'
import { readTeamMembers } from './team-members.ts'

export interface ClientParts {
  readonly caller: Caller
  readonly host: GitHubHost
  readonly stored: KeptAnswers
  /** Our App's id; null for the owner of a token. */
  readonly app: number | null
  readonly cloneToken: (name: RepositoryName) => Promise<Redacted>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Pull requests that are in work at the same time, with room: some kB each. */
const heldInMemory = 500

/** The port, over whatever is logged in. */
export function gitHubClient({ caller, host, stored, app, cloneToken, now }: ClientParts): GitHub {
  const reader = openReader({ caller, stored, inMemory: answersInMemory(heldInMemory), now })
  return {
    repository: (name) => readRepository(reader, name),
    pullRequest: (name, number) => readPullRequest(reader, name, number),
    openPullRequests: (name, baseBranch) => readOpenPullRequests(reader, name, baseBranch),
    reviews: (name, number) => readReviews(reader, name, number),
    attributions: (name, number) => readAttributions(reader, name, number),
    pushers: (name, branch) => readPushers(reader, name, branch),
    collaborators: (name) => readCollaborators(reader, name),
    teamMembers: (team) => readTeamMembers(reader, team),
    role: (name, login) => readRole(reader, name, login),
    effectiveRules: (name, branch, age) => readEffectiveRules(reader, name, branch, { app, age }),
    organisationPolicy: (owner, age) => readOrganisationPolicy(reader, owner, age),
    repositories: () => readInstallationRepositories(reader),
    file: (name, branch, file) => readFile(reader, name, { file, branch }),
    cloneToken,
    cloneUrl: (name) => cloneUrl(host, name),
    checks: openChecks(caller),
    comments: openComments(caller, reader, app),
  }
}
