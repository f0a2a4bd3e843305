import type { PullRequestReference, RepositoryReference } from './queue.ts'

/** What makes two jobs about one pull request the same, wherever they come from. */
export function pullRequestKey({ installation, repository, number }: PullRequestReference): string {
  return `${repositoryKey({ installation, repository })}#${number}`
}

/** GitHub compares names without case. */
export function repositoryKey({ installation, repository }: RepositoryReference): string {
  return `${installation} ${repository.toLowerCase()}`
}
