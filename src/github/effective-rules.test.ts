import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { name, openedApp, pinned, repo } from '../testing/opened-app.ts'

const rules = `GET ${repo}/rules/branches/main`
const classic = `GET ${repo}/branches/main/protection`
const off = { enabled: false }
const protection = {
  required_status_checks: {
    strict: false,
    contexts: ['portcullis', 'build'],
    checks: [
      { context: 'portcullis', app_id: 99 },
      { context: 'build', app_id: -1 },
    ],
  },
  enforce_admins: { url: 'x', enabled: true },
  allow_force_pushes: off,
  allow_deletions: { enabled: true },
}

describe('readEffectiveRules', () => {
  it('asks for classic protection only where the rulesets leave something open', async () => {
    const { github, calls } = await openedApp()

    const found = await github.effectiveRules(name, 'main')

    assert.deepEqual(calls(), [rules])
    assert.deepEqual([found.forcePushBlocked, found.deletionBlocked, found.app], [true, true, 99])
  })

  it('adds classic protection to the rulesets, and the stricter wins', async () => {
    const { github } = await openedApp({
      [rules]: () => ({ json: pinned.slice(2) }),
      [classic]: () => ({ json: protection }),
    })

    assert.deepEqual(await github.effectiveRules(name, 'main'), {
      branch: 'main',
      requiredChecks: [
        { name: 'portcullis', app: 99, source: 'branch protection' },
        { name: 'build', app: null, source: 'branch protection' },
      ],
      forcePushBlocked: true,
      deletionBlocked: true,
      bypassActors: null,
      unknown: ['who may bypass the rulesets (administration: write)'],
      app: 99,
    })
  })

  it('takes a check of any source, or of another App, for no pin', async () => {
    for (const integration_id of [undefined, 5]) {
      const loose = [
        { ...pinned[0], parameters: { required_status_checks: [{ context: 'portcullis', integration_id }] } },
        ...pinned.slice(1),
      ]
      const { github, calls } = await openedApp({ [rules]: () => ({ json: loose }) })

      await github.effectiveRules(name, 'main')

      assert.deepEqual(calls(), [rules, classic])
    }
  })

  for (const [what, more, bypassActors] of [
    ['nobody', {}, []],
    ['administrators, for whom it does not hold', { enforce_admins: off }, ['administrators']],
    [
      'those who may merge without a review',
      {
        required_pull_request_reviews: {
          bypass_pull_request_allowances: {
            users: [{ login: 'kim' }],
            teams: [{ slug: 'sre' }],
            apps: [{ slug: 'bot' }],
          },
        },
      },
      ['user kim', 'team sre', 'app bot'],
    ],
  ] as const) {
    it(`says who may bypass classic protection: ${what}`, async () => {
      const { github } = await openedApp({
        [rules]: () => ({ json: [] }),
        [classic]: () => ({ json: { ...protection, ...more } }),
      })

      assert.deepEqual((await github.effectiveRules(name, 'main')).bypassActors, bypassActors)
    })
  }

  it('finds an open branch without either', async () => {
    const { github } = await openedApp({ [rules]: () => ({ json: [] }) })

    const { requiredChecks, forcePushBlocked, unknown } = await github.effectiveRules(name, 'main')

    assert.deepEqual(
      { requiredChecks, forcePushBlocked, unknown },
      { requiredChecks: [], forcePushBlocked: false, unknown: [] },
    )
  })

  it('says what it could not read, with the permission, and takes nothing for granted', async () => {
    const { github } = await openedApp({
      [rules]: () => ({ json: [] }),
      [classic]: () => ({ status: 403, json: {} }),
    })

    const { bypassActors, forcePushBlocked, unknown } = await github.effectiveRules(name, 'main')

    assert.deepEqual([bypassActors, forcePushBlocked], [null, false])
    assert.deepEqual(unknown, ['branch protection (administration: read)'])
  })
})
