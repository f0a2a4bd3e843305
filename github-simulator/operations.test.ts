import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { operations } from './operations.ts'
import { api, appJwt, nowhere, pick, setting, tokenOf } from './testing.ts'

describe('the operations', () => {
  it('each answer what the description of GitHub says', async (context) => {
    const world = await setting(context)
    const { simulator, repository, alice, bob, organization, installation } = world
    const token = await tokenOf(world)
    const parent = simulator.people.createTeam(organization, 'Platform', { members: [alice] })
    const team = simulator.people.createTeam(organization, 'Shop Owners', { members: [bob], parent })
    simulator.repositories.setTeam(repository, team, 'maintain', alice)
    simulator.protection.protect(
      repository,
      'main',
      {
        requiredChecks: { strict: true, checks: [{ context: 'portcullis', appId: 4711 }] },
        reviews: { count: 1, dismissStale: true, codeOwners: true, lastPush: false },
      },
      alice,
    )
    const rules = [
      {
        type: 'required_status_checks',
        parameters: {
          required_status_checks: [{ context: 'portcullis', integration_id: 4711 }],
          strict_required_status_checks_policy: false,
        },
      },
      { type: 'non_fast_forward' },
    ]
    const ruleset = simulator.protection.addRuleset(repository, { name: 'main', rules }, alice)
    const sha = await simulator.branches.commit(repository, {
      branch: 'change',
      changes: { 'a b/c.txt': 'x\n' },
      message: 'Add c\n\nbody',
      by: bob,
    })
    const pull = await simulator.pullRequests.open(repository, { branch: 'change', by: bob })
    simulator.pullRequests.approve(repository, pull, alice)
    const comment = simulator.comments.add(repository, pull, '/rescan', bob)
    simulator.deliveries.url = nowhere
    const delivery = simulator.deliveries.all.at(-1)
    assert.ok(delivery)
    const attempt = await simulator.deliveries.send(delivery)
    const annotations = [{ path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' }]
    const output = { title: 't', summary: 's', annotations }
    const made = await api(world, token, 'POST /repos/acme/deploy/check-runs', {
      body: { name: 'portcullis', head_sha: sha, conclusion: 'success', output },
    })
    const run = String(pick(made.body, 'id'))
    const comments = `/repos/acme/deploy/issues/comments/${comment.id}`
    const calls: Record<keyof typeof operations, [string, unknown?]> = {
      'GET /app': ['GET /app'],
      'GET /app/installations': ['GET /app/installations'],
      'GET /app/installations/{installation_id}': [`GET /app/installations/${installation.id}`],
      'POST /app/installations/{installation_id}/access_tokens': [
        `POST /app/installations/${installation.id}/access_tokens`,
        { repository_ids: [repository.id], permissions: { contents: 'read' } },
      ],
      'GET /app/hook/deliveries': ['GET /app/hook/deliveries?status=failure&per_page=50'],
      'POST /app/hook/deliveries/{delivery_id}/attempts': [
        `POST /app/hook/deliveries/${attempt.id}/attempts`,
      ],
      'GET /repos/{owner}/{repo}/installation': ['GET /repos/acme/deploy/installation'],
      'GET /installation/repositories': ['GET /installation/repositories'],
      'GET /users/{username}': ['GET /users/alice'],
      'GET /repos/{owner}/{repo}': ['GET /repos/acme/deploy'],
      'GET /repos/{owner}/{repo}/activity': ['GET /repos/acme/deploy/activity?ref=refs/heads/change'],
      'GET /repos/{owner}/{repo}/contents/{path}': ['GET /repos/acme/deploy/contents/a%20b/c.txt?ref=change'],
      'GET /repos/{owner}/{repo}/git/ref/{ref}': ['GET /repos/acme/deploy/git/ref/heads%2Fmain'],
      'GET /repos/{owner}/{repo}/branches/{branch}': ['GET /repos/acme/deploy/branches/main'],
      'GET /repos/{owner}/{repo}/branches/{branch}/protection': [
        'GET /repos/acme/deploy/branches/main/protection',
      ],
      'GET /repos/{owner}/{repo}/rules/branches/{branch}': ['GET /repos/acme/deploy/rules/branches/main'],
      'GET /repos/{owner}/{repo}/rulesets': ['GET /repos/acme/deploy/rulesets'],
      'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}': [`GET /repos/acme/deploy/rulesets/${ruleset.id}`],
      'GET /repos/{owner}/{repo}/collaborators': ['GET /repos/acme/deploy/collaborators'],
      'GET /repos/{owner}/{repo}/collaborators/{username}/permission': [
        'GET /repos/acme/deploy/collaborators/bob/permission',
      ],
      'GET /repos/{owner}/{repo}/teams': ['GET /repos/acme/deploy/teams'],
      'GET /orgs/{org}/teams/{team_slug}': ['GET /orgs/acme/teams/shop-owners'],
      'GET /orgs/{org}/teams/{team_slug}/members': ['GET /orgs/acme/teams/platform/members'],
      'GET /repos/{owner}/{repo}/pulls': ['GET /repos/acme/deploy/pulls?head=acme:change'],
      'GET /repos/{owner}/{repo}/pulls/{pull_number}': ['GET /repos/acme/deploy/pulls/1'],
      'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': ['GET /repos/acme/deploy/pulls/1/reviews'],
      'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits': ['GET /repos/acme/deploy/pulls/1/commits'],
      'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls': [`GET /repos/acme/deploy/commits/${sha}/pulls`],
      'POST /repos/{owner}/{repo}/check-runs': [
        'POST /repos/acme/deploy/check-runs',
        { name: 'b', head_sha: sha },
      ],
      'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': [`GET /repos/acme/deploy/check-runs/${run}`],
      'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': [
        `PATCH /repos/acme/deploy/check-runs/${run}`,
        { conclusion: 'success' },
      ],
      'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': [
        `GET /repos/acme/deploy/check-runs/${run}/annotations`,
      ],
      'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': [
        'GET /repos/acme/deploy/commits/change/check-runs',
      ],
      'GET /repos/{owner}/{repo}/commits/{ref}/check-suites': [
        'GET /repos/acme/deploy/commits/change/check-suites',
      ],
      'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': [
        'GET /repos/acme/deploy/issues/1/comments',
      ],
      'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': [
        'POST /repos/acme/deploy/issues/1/comments',
        { body: 'hello' },
      ],
      'GET /repos/{owner}/{repo}/issues/comments/{comment_id}': [`GET ${comments}`],
      'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': [`PATCH ${comments}`, { body: 'edited' }],
      'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': [
        `POST ${comments}/reactions`,
        { content: 'eyes' },
      ],
      'POST /repos/{owner}/{repo}/pulls': [
        'POST /repos/acme/deploy/pulls',
        { title: 'again', head: 'change', base: 'main' },
      ],
      'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge': [
        'PUT /repos/acme/deploy/pulls/1/merge',
        { merge_method: 'squash' },
      ],
    }
    const person = simulator.people.createToken(alice)

    const statuses: Record<string, unknown> = {}
    for (const [operation, [request, body]] of Object.entries(calls)) {
      const { by } = operations[operation as keyof typeof operations]
      const caller = by === 'app' ? appJwt() : request.startsWith('PUT') ? person : token
      const reply = await api(world, caller, request, body === undefined ? {} : { body })
      if (reply.status >= 300) statuses[operation] = reply.body
    }

    assert.deepEqual(statuses, {})
    assert.deepEqual(simulator.violations, [])
  })
})
