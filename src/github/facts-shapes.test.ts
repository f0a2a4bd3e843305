import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { components } from '@octokit/openapi-types'

import { PermissionMissing } from '../ports/github-errors.ts'
import { UserError } from '../std/user-error.ts'
import { kim, name, oid, openedApp, repo, review } from '../testing/opened-app.ts'
import { actorOf } from './actor.ts'

const policy = 'GET /repos/acme/.github/contents/portcullis.yml'
const file = { type: 'file', size: 3, sha: oid, encoding: 'base64', content: 'YTog' }

describe('actorOf', () => {
  for (const [what, account, kind] of [
    ['a person', kim, 'human'],
    ['an App', { id: 49_699_333, login: 'dependabot[bot]', type: 'Bot' }, 'app'],
    ["GitHub's own committer", { id: 19_864_447, login: 'web-flow', type: 'User' }, 'bot'],
    ['an account of a type that GitHub may add', { ...kim, type: 'Mannequin' }, 'bot'],
  ] as const) {
    it(`takes ${what} for ${kind}`, () => assert.equal(actorOf(account)?.kind, kind))
  }

  it('takes a deleted account for nobody', () => {
    assert.deepEqual([actorOf(null), actorOf({ id: 10_137, login: 'ghost', type: 'User' })], [null, null])
  })
})

describe('reviews', () => {
  it('are oldest first, with one that was not submitted at the end', async () => {
    const given = [
      { ...review, id: 4, state: 'PENDING', submitted_at: undefined },
      { ...review, id: 3, submitted_at: '2026-01-01T10:00:00Z' },
      { ...review, id: 2, submitted_at: '2026-01-01T10:00:00Z', user: null, commit_id: null },
    ]
    const { github } = await openedApp({ [`GET ${repo}/pulls/12/reviews`]: () => ({ json: given }) })

    const found = await github.reviews(name, 12)

    assert.deepEqual(
      found.map(({ id, state, actor }) => [id, state, actor?.login]),
      [
        [2, 'approved', undefined],
        [3, 'approved', 'kim'],
        [4, 'pending', 'kim'],
      ],
    )
  })

  it('fail where GitHub has a state that we do not know', async () => {
    const given = [{ ...review, state: 'ENDORSED' }]
    const { github } = await openedApp({ [`GET ${repo}/pulls/12/reviews`]: () => ({ json: given }) })

    await assert.rejects(github.reviews(name, 12))
  })
})

describe('roles', () => {
  for (const [given, role] of [
    [{ role_name: 'maintain', permission: 'write' }, 'maintain'],
    [{ role_name: 'triage', permission: 'read' }, 'triage'],
    [{ role_name: 'release-captain', permission: 'write' }, 'write'],
    [{ role_name: '', permission: 'none' }, null],
    [{ role_name: 'constructor', permission: 'none' }, null],
  ] satisfies [Partial<components['schemas']['repository-collaborator-permission']>, string | null][]) {
    it(`of ${given.role_name}/${given.permission} is ${role}`, async () => {
      const { github } = await openedApp({
        [`GET ${repo}/collaborators/kim/permission`]: () => ({ json: given }),
      })

      assert.equal(await github.role(name, 'kim'), role)
    })
  }

  it('are none for who is no collaborator', async () => {
    const { github } = await openedApp()

    assert.equal(await github.role(name, 'kim'), null)
  })

  it('of collaborators fall back to the strongest right that a custom role contains', async () => {
    const permissions = { pull: true, triage: true, push: true, maintain: false, admin: false }
    const given = [{ ...kim, role_name: 'release-captain', permissions }]
    const { github } = await openedApp({ [`GET ${repo}/collaborators`]: () => ({ json: given }) })

    assert.equal((await github.collaborators(name))?.[0]?.role, 'write')
  })
})

describe('what may not be seen', () => {
  it('is unknown for collaborators and teams', async () => {
    const { github } = await openedApp({
      [`GET ${repo}/collaborators`]: () => ({ status: 403, json: {} }),
      'GET /orgs/acme/teams/sre/members': () => ({ status: 403, json: {} }),
    })

    assert.deepEqual([await github.collaborators(name), await github.teamMembers('@acme/sre')], [null, null])
  })

  for (const team of ['acme/sre', '@acme', '@acme/a/b']) {
    it(`is nobody for ${team}, which is no team`, async () => {
      const { github, calls } = await openedApp()

      assert.deepEqual([await github.teamMembers(team), calls()], [null, []])
    })
  }
})

describe('the policy of an organisation', () => {
  it('is none only for a 404', async () => {
    const { github } = await openedApp({ [policy]: () => ({ status: 404, json: {} }) })

    assert.equal(await github.organisationPolicy('acme'), null)
  })

  for (const [what, json] of [
    ['a folder', [file]],
    ['a submodule', { type: 'submodule', size: 0, sha: oid }],
    ['a file above 1 MiB', { ...file, size: 1_048_577 }],
    ['a file without its content', { ...file, encoding: 'none', content: '' }],
    ['a file that is not UTF-8', { ...file, content: Buffer.from([0xff]).toString('base64') }],
  ] as const) {
    it(`is refused where there is ${what}`, async () => {
      const { github } = await openedApp({ [policy]: () => ({ json }) })

      await assert.rejects(github.organisationPolicy('acme'), (error: unknown) => {
        return error instanceof UserError && error.code === 'policy-unreadable'
      })
    })
  }

  it('is an error where it may not be read', async () => {
    const { github } = await openedApp({ [policy]: () => ({ status: 403, json: {} }) })

    await assert.rejects(github.organisationPolicy('acme'), PermissionMissing)
  })
})
