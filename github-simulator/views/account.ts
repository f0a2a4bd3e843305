import type { Account, AppIdentity, Team } from '../state.ts'
import type { World } from '../world.ts'
import { nodeId, timestamp } from '../world.ts'

/** `simple-user`: how an account appears inside everything else. */
export function accountView(world: World, account: Account) {
  // `portcullis[bot]` is a login and no part of an address.
  const login = encodeURIComponent(account.login)
  const api = `${world.origin}/api/v3/users/${login}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('User', account.id),
    avatar_url: `${world.origin}/avatars/u/${account.id}?v=4`,
    gravatar_id: '',
    url: api,
    html_url: `${world.origin}/${login}`,
    followers_url: `${api}/followers`,
    following_url: `${api}/following{/other_user}`,
    gists_url: `${api}/gists{/gist_id}`,
    starred_url: `${api}/starred{/owner}{/repo}`,
    subscriptions_url: `${api}/subscriptions`,
    organizations_url: `${api}/orgs`,
    repos_url: `${api}/repos`,
    events_url: `${api}/events{/privacy}`,
    received_events_url: `${api}/received_events`,
    type: account.kind,
    site_admin: false,
    user_view_type: 'public',
  }
}

/** `public-user`: the profile. */
export function profileView(world: World, account: Account) {
  return {
    ...accountView(world, account),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: timestamp(account.createdAt),
    updated_at: timestamp(account.createdAt),
  }
}

/** `organization` of a webhook. */
export function organizationView(world: World, account: Account) {
  const api = `${world.origin}/api/v3/orgs/${account.login}`
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('Organization', account.id),
    url: api,
    repos_url: `${api}/repos`,
    events_url: `${api}/events`,
    hooks_url: `${api}/hooks`,
    issues_url: `${api}/issues`,
    members_url: `${api}/members{/member}`,
    public_members_url: `${api}/public_members{/member}`,
    avatar_url: `${world.origin}/avatars/u/${account.id}?v=4`,
    description: '',
  }
}

/** `team` of the API and of webhooks. */
export function teamView(world: World, team: Team): Readonly<Record<string, unknown>> {
  const api = `${world.origin}/api/v3/organizations/${team.organization.id}/team/${team.id}`
  const own = {
    name: team.name,
    id: team.id,
    node_id: nodeId('Team', team.id),
    slug: team.slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    url: api,
    html_url: `${world.origin}/orgs/${team.organization.login}/teams/${team.slug}`,
    members_url: `${api}/members{/member}`,
    repositories_url: `${api}/repos`,
    permission: 'pull',
    type: 'organization',
    organization_id: team.organization.id,
  }
  if (team.parent === null) return { ...own, parent: null }
  const { parent: _, ...parent } = teamView(world, team.parent)
  return { ...own, parent }
}

/** `integration`: an App. Only the one under test shows what it may. */
export function appView(world: World, app: AppIdentity) {
  const isOurs = app.id === world.app.id
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    client_id: isOurs ? world.app.clientId : `Iv1.${app.id}`,
    owner: accountView(world, world.app.owner),
    name: app.name,
    description: '',
    external_url: `${world.origin}/apps/${app.slug}/home`,
    html_url: `${world.origin}/apps/${app.slug}`,
    created_at: timestamp(world.app.createdAt),
    updated_at: timestamp(world.app.createdAt),
    permissions: isOurs ? world.app.permissions : { checks: 'write', metadata: 'read' },
    events: isOurs ? world.app.events : [],
  }
}
