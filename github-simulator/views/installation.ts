import type { Installation } from '../state.ts'
import type { World } from '../world.ts'
import { timestamp } from '../world.ts'
import { accountView } from './account.ts'

/** `installation` of the API. A webhook writes its times as seconds or text, and the rest the same. */
export function installationView(world: World, installation: Installation) {
  const { id, account } = installation
  const owner = account.kind === 'Organization' ? `organizations/${account.login}/` : ''
  return {
    id,
    client_id: world.app.clientId,
    account: accountView(world, account),
    repository_selection: installation.selected === null ? 'all' : 'selected',
    access_tokens_url: `${world.origin}/api/v3/app/installations/${id}/access_tokens`,
    repositories_url: `${world.origin}/api/v3/installation/repositories`,
    html_url: `${world.origin}/${owner}settings/installations/${id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.kind === 'Organization' ? 'Organization' : 'User',
    permissions: installation.permissions,
    events: installation.events,
    created_at: timestamp(installation.createdAt),
    updated_at: timestamp(installation.updatedAt),
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: installation.suspendedAt === null ? null : accountView(world, account),
    suspended_at: installation.suspendedAt === null ? null : timestamp(installation.suspendedAt),
  }
}
