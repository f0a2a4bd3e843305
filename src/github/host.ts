import type { RepositoryName } from '../ports/github.ts'
import { path } from './call.ts'

/** github.com, or a GitHub Enterprise Server. */
export interface GitHubHost {
  /** `GHE_HOST`, with the port where there is one; null for github.com. */
  readonly host: string | null
  /** `GHE_PROTOCOL`; only for a server of one's own. */
  readonly protocol: 'http' | 'https'
}

/** Where the REST API is, without a slash at the end. https://docs.github.com/enterprise-server/rest */
export function apiUrl({ host, protocol }: GitHubHost): string {
  return host === null ? 'https://api.github.com' : `${protocol}://${host}/api/v3`
}

/** Where people look, without a slash at the end. */
export function webUrl({ host, protocol }: GitHubHost): string {
  return host === null ? 'https://github.com' : `${protocol}://${host}`
}

/** Where git fetches from. */
export function cloneUrl(host: GitHubHost, { owner, name }: RepositoryName): string {
  return `${webUrl(host)}${path`/${owner}/${name}`}.git`
}
