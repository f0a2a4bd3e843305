import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { UnreadableDelivery } from '../ports/webhook.ts'
import { deliveryReader, subscribedEvents } from './read-delivery.ts'

interface Example {
  readonly action?: string
  readonly installation?: { id: number }
  readonly repository?: { full_name: string }
}

const examples = JSON.parse(
  readFileSync('node_modules/@octokit/webhooks-examples/api.github.com/index.json', 'utf8'),
) as readonly { name: string; examples: readonly Example[] }[]

const app = 4711
const read = deliveryReader(app)
const installation = { id: 7 }
const repository = { full_name: 'acme/fleet' }
const common = { installation, repository }
const [oid, after] = ['a'.repeat(40), 'b'.repeat(40)]
const withoutJobs = ['merge_group']
const taken = [...subscribedEvents, 'installation', 'installation_repositories']

describe('deliveryReader, with what GitHub really sends', () => {
  for (const { name, examples: payloads } of examples) {
    for (const [index, payload] of payloads.entries()) {
      const isTaken = taken.includes(name) && !withoutJobs.includes(name)

      it(`reads ${name} ${payload.action ?? ''} (${index})`, () => {
        const { delivery, ...rest } = read(name, { ...payload, installation })

        assert.equal(delivery !== null, isTaken)
        assert.deepEqual(rest, {
          action: payload.action ?? null,
          installation: 7,
          repository: payload.repository?.full_name ?? null,
        })
      })

      it(`takes no ${name} ${payload.action ?? ''} (${index}) without an installation`, () => {
        const { installation: _, ...elsewhere } = payload

        assert.equal(read(name, elsewhere).delivery, null)
      })
    }
  }
})

describe('deliveryReader', () => {
  for (const [event, payload, delivery] of [
    [
      'pull_request',
      { ...common, action: 'opened', number: 12 },
      { kind: 'pull-request', action: 'opened', number: 12 },
    ],
    [
      'pull_request_review',
      { ...common, action: 'submitted', pull_request: { number: 12 } },
      { kind: 'pull-request-review', action: 'submitted', number: 12 },
    ],
    [
      'push',
      { ...common, ref: 'refs/heads/main', before: oid, after },
      { kind: 'push', ref: 'refs/heads/main', before: oid, after },
    ],
    [
      'check_run',
      { ...common, action: 'rerequested', check_run: { head_sha: oid, app: { id: app } } },
      { kind: 'check-run', action: 'rerequested', head: oid, isOurs: true, button: null },
    ],
    [
      'check_run',
      {
        ...common,
        action: 'requested_action',
        check_run: { head_sha: oid, app: { id: app + 1 } },
        requested_action: { identifier: 'rescan' },
      },
      { kind: 'check-run', action: 'requested_action', head: oid, isOurs: false, button: 'rescan' },
    ],
    [
      'check_suite',
      { ...common, action: 'rerequested', check_suite: { head_sha: oid, app: { id: app } } },
      { kind: 'check-suite', action: 'rerequested', head: oid, isOurs: true },
    ],
    [
      'check_suite',
      { ...common, action: 'rerequested', check_suite: { head_sha: oid, app: null } },
      { kind: 'check-suite', action: 'rerequested', head: oid, isOurs: false },
    ],
    [
      'issue_comment',
      commentBy('User', { number: 12, pull_request: { url: 'https://api.github.com/' } }, '/rescan'),
      commentRead({ isPullRequest: true, body: '/rescan', isBot: false }),
    ],
    [
      'issue_comment',
      commentBy('Bot', { number: 12 }, null),
      commentRead({ isPullRequest: false, body: '', isBot: true }),
    ],
    ['team_add', common, { kind: 'repository', action: '' }],
    ['team', { ...common, action: 'edited' }, { kind: 'repository', action: 'edited' }],
    ['repository', { ...common, action: 'renamed' }, { kind: 'repository', action: 'renamed' }],
  ] as const) {
    it(`reads ${event}: ${JSON.stringify(delivery)}`, () => {
      assert.deepEqual(read(event, payload).delivery, {
        installation: 7,
        repository: 'acme/fleet',
        ...delivery,
      })
    })
  }

  for (const [event, payload, delivery] of [
    [
      'installation',
      { action: 'created', installation, repositories: [repository] },
      { kind: 'installation', action: 'created', added: ['acme/fleet'], removed: [] },
    ],
    [
      'installation',
      { action: 'deleted', installation, repositories: [repository] },
      { kind: 'installation', action: 'deleted', added: [], removed: ['acme/fleet'] },
    ],
    [
      'installation',
      { action: 'suspend', installation, repositories: null },
      { kind: 'installation', action: 'suspend', added: [], removed: [] },
    ],
    [
      'installation_repositories',
      { action: 'removed', installation, repositories_added: [], repositories_removed: [repository] },
      { kind: 'installation-repositories', action: 'removed', added: [], removed: ['acme/fleet'] },
    ],
  ] as const) {
    it(`reads ${event}: ${JSON.stringify(delivery)}`, () => {
      assert.deepEqual(read(event, payload).delivery, { installation: 7, ...delivery })
    })
  }

  for (const [name, event, payload, fields] of [
    ['no object', 'push', 'main', ['the payload']],
    ['null', 'push', null, ['the payload']],
    ['a list', 'push', [], ['the payload']],
    ['an installation that is no number', 'push', { installation: { id: '7' } }, ['installation.id']],
    ['no repository', 'push', { installation, ref: 'refs/heads/main', before: oid, after }, ['repository']],
    [
      'a commit that is none',
      'push',
      { ...common, ref: 'refs/heads/main', before: oid, after: '../x' },
      ['after'],
    ],
    [
      'a name that leaves its folder',
      'push',
      { installation, repository: { full_name: '../..' }, ref: 'refs/heads/main', before: oid, after },
      ['repository.full_name'],
    ],
    ['a number that is none', 'pull_request', { ...common, action: 'opened', number: '12' }, ['number']],
    [
      'no button',
      'check_run',
      { ...common, action: 'requested_action', check_run: {} },
      ['check_run.head_sha'],
    ],
  ] as const) {
    it(`refuses ${event} with ${name}`, () => {
      assert.throws(
        () => read(event, payload),
        (error) => {
          assert.ok(error instanceof UnreadableDelivery)
          assert.deepEqual(error.fields, fields)
          return true
        },
      )
    })
  }

  for (const event of ['membership', 'organization', 'team', 'repository_ruleset']) {
    it(`takes a ${event} that names no repository for one of the organisation`, () => {
      const { delivery } = read(event, { action: 'added', installation })

      assert.deepEqual(delivery, { kind: 'organization', installation: 7 })
    })
  }

  it('reads of an event that it does not know whatever it can', () => {
    assert.deepEqual(read('teleport', { action: 3, installation, repository: 'acme/fleet' }), {
      action: null,
      installation: 7,
      repository: null,
      delivery: null,
    })
  })

  it('reads anything, or refuses it as unreadable', () => {
    fc.assert(
      fc.property(fc.constantFrom(...taken, 'ping', 'teleport'), fc.jsonValue(), (event, payload) => {
        const given =
          typeof payload === 'object' && payload !== null && !Array.isArray(payload)
            ? { ...common, ...payload }
            : payload
        try {
          read(event, given)
        } catch (error) {
          assert.ok(error instanceof UnreadableDelivery)
        }
      }),
    )
  })
})

function commentBy(type: string, issue: object, body: string | null): object {
  return { ...common, action: 'created', issue, comment: { id: 99, body }, sender: { login: 'mona', type } }
}

function commentRead(given: { isPullRequest: boolean; body: string; isBot: boolean }): object {
  const { isPullRequest, body, isBot } = given
  const sender = { login: 'mona', isBot }
  return { kind: 'issue-comment', action: 'created', number: 12, isPullRequest, comment: 99, body, sender }
}
