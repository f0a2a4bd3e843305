import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'

import { PGlite } from '@electric-sql/pglite'

import { startApp } from '../harness/app-process.ts'
import { openDatabase } from '../src/database/database.ts'
import { openDoor } from '../src/testing/open-door.ts'
import { silentLog } from '../src/testing/silent-log.ts'
import { logged } from './support/logged.ts'
import { sharedWorld } from './support/shared-world.ts'
import { concluded, manifest, propose, runsOf, saying } from './support/stage.ts'

const secret = randomBytes(32).toString('hex')
const { stage, world } = sharedWorld({ WEBHOOK_SECRET_PREVIOUS: secret })

interface Sent {
  readonly body?: string
  readonly event?: string
  readonly signature?: string | null
  readonly type?: string
}

/** Posts as GitHub does, but for what is given. */
async function post(given: Sent): Promise<{ status: number; text: string; guid: string }> {
  const { body = '{}', event = 'ping', type = 'application/json' } = given
  const guid = randomUUID()
  const right = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const signature = given.signature === undefined ? right : given.signature
  const response = await fetch(world().app.webhookUrl, {
    method: 'POST',
    body,
    headers: {
      'content-type': type,
      'x-github-event': event,
      'x-github-delivery': guid,
      ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
    },
  })
  return { status: response.status, text: await response.text(), guid }
}

describe('a delivery that is refused', { timeout: 120_000 }, () => {
  const guids: string[] = []
  const wrong = `sha256=${'0'.repeat(64)}`
  for (const [name, sent, status, words] of [
    ['without a signature', { signature: null }, 400, /X-Hub-Signature-256/],
    ['with a wrong signature', { signature: wrong }, 401, /WEBHOOK_SECRET is not the webhook secret/],
    ['of another content type', { type: 'application/x-www-form-urlencoded' }, 415, /Only application\/json/],
    ['that is not JSON', { body: '{"action":' }, 400, /not JSON/],
    [
      'that lacks what its event has',
      {
        event: 'pull_request',
        body: '{"action":"opened","installation":{"id":1},"repository":{"full_name":"acme/fleet"}}',
      },
      422,
      /number/,
    ],
  ] as const satisfies readonly (readonly [string, Sent, number, RegExp])[]) {
    it(`is told why: one ${name}`, async () => {
      const answer = await post(sent)

      guids.push(answer.guid)
      assert.equal(answer.status, status)
      assert.match(answer.text, words)
    })
  }

  it('is not stored, while one of an unknown event is, and does nothing', async () => {
    const unknown = await post({ event: 'sponsorship_of_tomorrow', body: '{"action":"created"}' })
    await world().app.stop()
    const database = await PGlite.create(join(world().dataDir, 'database'))
    const { rows } = await database.query<{ guid: string; jobs: unknown[] }>(
      'select guid, jobs from portcullis.deliveries',
    )
    await database.close()
    await world().restart()

    assert.equal(unknown.status, 202)
    assert.deepEqual(rows.find(({ guid }) => guid === unknown.guid)?.jobs, [])
    assert.deepEqual(
      rows.filter(({ guid }) => guids.includes(guid)),
      [],
    )
  })

  it('is answered 503 where the database does not take it', async (t) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'portcullis-closed-'))
    t.after(() => rmSync(dataDir, { recursive: true, force: true }))
    const database = await openDatabase({ dataDir }, { log: silentLog })
    const { deliveries } = database
    await database.close()
    const webhookSecret = randomBytes(32).toString('hex')
    const { webhookVerifier } = await import('../src/github/webhook-signature.ts')
    const { Redacted } = await import('../src/std/redacted.ts')
    const door = await openDoor(t, { deliveries, verifier: webhookVerifier([new Redacted(webhookSecret)]) })

    const response = await fetch(`http://127.0.0.1:${door.port}/api/github/webhooks`, {
      method: 'POST',
      body: '{}',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'ping',
        'x-github-delivery': randomUUID(),
        'x-hub-signature-256': `sha256=${createHmac('sha256', webhookSecret).update('{}').digest('hex')}`,
      },
    })

    assert.equal(response.status, 503)
    assert.match(await response.text(), /could not be stored\. Deliver it again\./)
  })
})

describe('an installation', { timeout: 120_000, concurrency: 4 }, () => {
  it('without members may not see a team, and the check says so', async () => {
    const policy =
      'version: 1\ngates: { reviews: { requirements: [{ name: platform, count: 1, by: ["@no-members/platform"] }] } }\n'
    const at = await stage('no-members', { files: { '.github/portcullis.yml': policy } })
    const { simulator, installation, owner, organization, carol } = at
    simulator.people.createTeam(organization, 'platform', { members: [carol] })
    const { members: _, ...rest } = installation.permissions
    simulator.installations.setPermissions(installation, rest, owner)

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    const run = await concluded(at, pull, 'failure')
    assert.match(run.summary ?? '', /`@no-members\/platform` does not exist, or the App cannot see it/)
  })

  it('without administration cannot read all protection, and the summary says which right is missing', async () => {
    const at = await stage('no-administration')
    const { simulator, installation, owner } = at
    const { administration: _, ...rest } = installation.permissions
    simulator.installations.setPermissions(installation, rest, owner)

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    const run = await concluded(at, pull, 'action_required')
    assert.match(run.summary ?? '', /administration: (read|write)/)
  })

  it('without contents gets a check that fails and names the permission and who accepts it', async () => {
    const at = await stage('no-contents')
    const { simulator, installation, owner } = at
    const { contents: _, ...rest } = installation.permissions
    simulator.installations.setPermissions(installation, rest, owner)

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    const run = await concluded(at, pull, 'failure')
    assert.match(run.title ?? '', /^Cannot evaluate: the App lacks a permission \(an owner acts\)/)
    assert.match(run.summary ?? '', /an owner of the organisation.*contents: read/)
    simulator.installations.setPermissions(installation, { ...rest, contents: 'read' }, owner)
    await concluded(at, pull, 'action_required')
  })

  it('without checks can say nothing at GitHub, so the log names the permission', async () => {
    const at = await stage('no-checks')
    const { simulator, installation, owner } = at
    const { checks: _, ...rest } = installation.permissions
    simulator.installations.setPermissions(installation, rest, owner)

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    await logged(world(), /no-checks.*The installation lacks the permission checks: write/)
    assert.deepEqual(runsOf(at, pull), [])
  })

  it('whose token expires in between gets a new one', async () => {
    const at = await stage('expired')
    const { simulator, installation, repository, bob } = at
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    await concluded(at, pull, 'action_required')

    simulator.installations.revokeTokens(installation)
    simulator.pullRequests.approve(repository, pull, bob)

    await concluded(at, pull, 'success')
  })

  it('whose organisation has a policy that is no file gets a sentence that says what to do', async () => {
    const at = await stage('folder')
    const files = { 'portcullis.yml/README.md': 'A folder\n' }
    await at.simulator.repositories.create(at.organization, '.github', { content: { files } })

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    const run = await concluded(at, pull, 'failure')
    assert.match(`${run.title} ${run.summary}`, /is no file\..*Put the policy there as a plain file\./s)
  })
})

describe('an App that was removed in between', { timeout: 120_000 }, () => {
  it('ends its job with a line that says why', async () => {
    const at = await stage('gone')
    const { simulator, installation, owner } = at
    simulator.deliveries.hold()
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    simulator.installations.uninstall(installation, owner)

    // That it was removed is told last.
    await simulator.deliveries.release(
      simulator.deliveries.held.filter(({ event }) => event !== 'installation'),
    )

    await logged(
      world(),
      /"evaluate-pull-request".*"gone\/deploy".*The installation \d+ was removed\..*nothing left to judge/,
    )
    await simulator.deliveries.resume()
    assert.deepEqual(runsOf(at, pull), [])
  })
})

describe('an App that is set up wrongly', { timeout: 120_000 }, () => {
  it('works with a clock that is wrong, and says by how much', async () => {
    const late = 'const real = Date.now; Date.now = () => real() - 600000'
    const at = await stage('late')
    await world().app.stop()
    await world().restart({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(late)}` })

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    await concluded(at, pull, 'action_required')
    await logged(world(), /"aheadSeconds":-(59\d|60\d).*clock differs from that of GitHub/)
  })

  it('says that GitHub does not accept the private key, and evaluates once it does', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const PRIVATE_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const at = await stage('wrong-key')
    await at.simulator.deliveries.settled()
    await world().app.stop()
    await world().restart({ PRIVATE_KEY })
    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })
    await at.simulator.deliveries.settled()

    const ready = await fetch(`${world().app.origin}/readyz`)
    assert.equal(ready.status, 503)
    assert.match(await ready.text(), /Check APP_ID and the private key\./)
    await logged(world(), /wrong-key.*Check APP_ID and the private key\./)
    assert.deepEqual(runsOf(at, pull), [])

    await world().app.stop()
    await world().restart()
    at.simulator.pullRequests.approve(at.repository, pull, at.bob)
    await concluded(at, pull, 'success')
  })

  for (const [name, environment, words] of [
    [
      'an unknown setting',
      { WEBHOOK_SECRETT: 'x' },
      /WEBHOOK_SECRETT is not a setting of Portcullis\. Did you mean WEBHOOK_SECRET\?/,
    ],
    ['a key that is none', { PRIVATE_KEY: 'no key' }, /PRIVATE_KEY/],
    ['a data directory that is in use', {}, /Another Portcullis process is using the data directory/],
  ] as const) {
    it(`does not start with ${name}, and says so in a sentence`, async () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      const start = startApp({
        appId: 1,
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        webhookSecret: secret,
        gitHubHost: world().simulator.host,
        dataDir: world().dataDir,
        environment,
      })

      await assert.rejects(start, (error: Error) => {
        assert.match(error.message, /ended with 2/)
        assert.match(error.message, words)
        return true
      })
    })
  }
})

describe('a repair', { timeout: 120_000 }, () => {
  it('is told to whoever reads the check of a commit that no push can judge', async () => {
    const at = await stage('mistake', { files: { '.github/portcullis.yml': 'version: 2\n' } })

    const pull = await propose(at, 'a', { 'apps/a.yaml': manifest('a') })

    const run = await saying(at, pull, /Who acts:.*the owners of the policy/)
    assert.equal(run.conclusion, 'failure')
  })
})
