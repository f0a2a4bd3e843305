import type { Repository, Role } from '../state.ts'
import { roles } from '../state.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'
import { accountView } from './account.ts'

export function fullName(repository: Repository): string {
  return `${repository.owner.login}/${repository.name}`
}

/** `https://…/api/v3/repos/OWNER/NAME`. */
export function repositoryApi(world: World, repository: Repository): string {
  return `${world.origin}/api/v3/repos/${fullName(repository)}`
}

/** `https://…/OWNER/NAME`. */
export function repositoryPage(world: World, repository: Repository): string {
  return `${world.origin}/${fullName(repository)}`
}

/** `repository`: how it appears in webhooks and inside other objects. */
export function repositoryView(world: World, repository: Repository) {
  const openIssues = [...repository.pullRequests.values()].filter(({ state }) => state === 'open').length
  const forks = [...world.state.repositories.values()].filter(({ forkOf }) => forkOf === repository).length
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName(repository),
    private: repository.isPrivate,
    owner: accountView(world, repository.owner),
    html_url: repositoryPage(world, repository),
    description: null,
    fork: repository.forkOf !== null,
    ...links(world, repository),
    created_at: timestamp(repository.createdAt),
    updated_at: timestamp(repository.pushedAt),
    pushed_at: timestamp(repository.pushedAt),
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    mirror_url: null,
    archived: repository.isArchived,
    disabled: false,
    open_issues_count: openIssues,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.isPrivate ? 'private' : 'public',
    forks,
    open_issues: openIssues,
    watchers: 0,
    default_branch: repository.defaultBranch,
    custom_properties: {},
  }
}

/** `full-repository`: what asking for one repository gives. */
export function fullRepositoryView(world: World, repository: Repository, role: Role | null) {
  const parent = repository.forkOf === null ? {} : { parent: repositoryView(world, repository.forkOf) }
  return {
    ...repositoryView(world, repository),
    ...parent,
    permissions: permissionsView(role),
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    subscribers_count: 0,
    network_count: 0,
  }
}

/** Which of the five rights a role has. */
export function permissionsView(role: Role | null) {
  const rank = role === null ? -1 : roles.indexOf(role)
  return {
    admin: rank >= roles.indexOf('admin'),
    maintain: rank >= roles.indexOf('maintain'),
    push: rank >= roles.indexOf('write'),
    triage: rank >= roles.indexOf('triage'),
    pull: rank >= 0,
  }
}

/** Name of the link -> what follows the repository's own address. */
const endings = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
} as const

function links(world: World, repository: Repository): Record<string, string> {
  const api = repositoryApi(world, repository)
  const { host } = new URL(world.origin)
  const name = fullName(repository)
  const page = repositoryPage(world, repository)
  const all: Record<string, string> = {
    url: api,
    git_url: `git://${host}/${name}.git`,
    ssh_url: `git@${host}:${name}.git`,
    clone_url: `${page}.git`,
    svn_url: page,
  }
  for (const [link, ending] of Object.entries(endings)) all[link] = `${api}${ending}`
  return all
}
