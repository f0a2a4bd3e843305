/** A permission of an App, as its manifest names it, and how much of it. */
export interface Needed {
  readonly permission: string
  readonly access: 'read' | 'write'
}

/** Who may call: the App with its JWT, an installation (or a person) with one of the permissions, or anyone with a token. */
export type Access =
  | { readonly by: 'app' }
  | { readonly by: 'installation'; readonly anyOf: readonly Needed[] }

const app: Access = { by: 'app' }
const anyone: Access = { by: 'installation', anyOf: [] }
const read = (permission: string): Access => ({ by: 'installation', anyOf: [{ permission, access: 'read' }] })
const write = (permission: string): Access => ({
  by: 'installation',
  anyOf: [{ permission, access: 'write' }],
})
const either = (access: 'read' | 'write', ...permissions: readonly string[]): Access => ({
  by: 'installation',
  anyOf: permissions.map((permission) => ({ permission, access })),
})

/**
 * Every operation that is served, and who may call it, from
 * https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps.
 * `tools/cut-openapi.ts` cuts these out of GitHub's description.
 */
export const operations = {
  'GET /app': app,
  'GET /app/installations': app,
  'GET /app/installations/{installation_id}': app,
  'POST /app/installations/{installation_id}/access_tokens': app,
  'GET /app/hook/deliveries': app,
  'POST /app/hook/deliveries/{delivery_id}/attempts': app,
  'GET /repos/{owner}/{repo}/installation': app,
  'GET /installation/repositories': anyone,
  'GET /users/{username}': anyone,
  'GET /repos/{owner}/{repo}': read('metadata'),
  'GET /repos/{owner}/{repo}/activity': read('contents'),
  'GET /repos/{owner}/{repo}/contents/{path}': read('contents'),
  'GET /repos/{owner}/{repo}/git/ref/{ref}': read('contents'),
  'GET /repos/{owner}/{repo}/branches/{branch}': read('contents'),
  'GET /repos/{owner}/{repo}/branches/{branch}/protection': read('administration'),
  'GET /repos/{owner}/{repo}/rules/branches/{branch}': read('metadata'),
  'GET /repos/{owner}/{repo}/rulesets': read('metadata'),
  'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}': read('metadata'),
  'GET /repos/{owner}/{repo}/collaborators': read('metadata'),
  'GET /repos/{owner}/{repo}/collaborators/{username}/permission': read('metadata'),
  'GET /repos/{owner}/{repo}/teams': either('read', 'administration'),
  'GET /orgs/{org}/teams/{team_slug}': read('members'),
  'GET /orgs/{org}/teams/{team_slug}/members': read('members'),
  'GET /repos/{owner}/{repo}/pulls': read('pull_requests'),
  'POST /repos/{owner}/{repo}/pulls': write('pull_requests'),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': read('pull_requests'),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': read('pull_requests'),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': read('pull_requests'),
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge': write('contents'),
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': read('pull_requests'),
  'POST /repos/{owner}/{repo}/check-runs': write('checks'),
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': read('checks'),
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': write('checks'),
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': read('checks'),
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': read('checks'),
  'GET /repos/{owner}/{repo}/commits/{ref}/check-suites': read('checks'),
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': either('read', 'issues', 'pull_requests'),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': either('write', 'issues', 'pull_requests'),
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': either('read', 'issues', 'pull_requests'),
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': either('write', 'issues', 'pull_requests'),
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': either(
    'write',
    'issues',
    'pull_requests',
  ),
} as const satisfies Readonly<Record<string, Access>>

/** `METHOD /path/{template}` of an operation that is served. */
export type OperationName = keyof typeof operations
