import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import type { Scan } from '../model/gate.ts'
import type { PublicationKey, PullRequestRow, RepositoryKey, Stores } from '../ports/stores.ts'
import { scanKey } from '../ports/stores.ts'
import { fakeStores } from '../testing/fake-stores.ts'
import { type ManualClock, manualClock } from '../testing/manual-clock.ts'
import { evaluationRow } from '../testing/rows.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'

const [head, other] = ['a'.repeat(40), 'b'.repeat(40)]
let repositories = 100
/** One that no other test uses. */
const fresh = (): RepositoryKey => ({ installation: (repositories += 1), repository: repositories * 10 })
const scan: Scan = { findings: [], skips: [{ path: 'a\0b\ud800', reason: 'too large', blocks: true }] }

// Both keep the ports' promises, so that what is proved with the fake holds with the database.
for (const kind of ['database', 'fake'] as const)
  describe(`the stores of the ${kind}`, () => {
    let stores: Stores
    let clock: ManualClock
    let database: TestDatabase | null = null
    before(async () => {
      clock = manualClock()
      if (kind === 'database') database = await testDatabase({ clock })
      stores = database?.stores ?? fakeStores(clock.now)
    })
    after(async () => database?.close())

    it('makes one fingerprint key for each installation', async () => {
      const [one, two] = [fresh().installation, fresh().installation]
      await stores.installations.add(one)

      const keys = await Promise.all([one, one, two].map((id) => stores.installations.fingerprintKey(id)))

      const [first, again, another] = keys.map((key) => key.expose())
      assert.match(first ?? '', /^[0-9a-f]{64}$/)
      assert.equal(again, first)
      assert.notEqual(another, first)
    })

    it('finds a repository by its last name, whatever its case', async () => {
      const key = fresh()
      const successor = { ...key, repository: key.repository + 1 }
      await stores.installations.nameRepository(key, 'acme/old')
      await stores.installations.nameRepository(key, 'acme/new')
      clock.advance(1)
      await stores.installations.nameRepository(successor, 'Acme/Old')

      const ids = await Promise.all(
        ['acme/new', 'ACME/OLD', 'acme/none'].map((name) =>
          stores.installations.repositoryId(key.installation, name),
        ),
      )

      assert.deepEqual(ids, [key.repository, successor.repository, null])
    })

    it('gives the repository that took a name last', async () => {
      const key = fresh()
      const successor = { ...key, repository: key.repository + 1 }
      await stores.installations.nameRepository(successor, 'acme/app')
      clock.advance(1)
      await stores.installations.nameRepository(key, 'acme/app')

      assert.equal(await stores.installations.repositoryId(key.installation, 'acme/app'), key.repository)
    })

    it('finds open pull requests by head and by base', async () => {
      const key = fresh()
      const row = (number: number, given: Partial<PullRequestRow> = {}): PullRequestRow => ({
        ...key,
        number,
        head,
        baseBranch: 'main',
        isDraft: false,
        ...given,
      })
      const before = []
      for (const put of [row(1), row(2), row(3), row(2, { baseBranch: 'dev', isDraft: true })])
        before.push(await stores.pullRequests.put(put))
      before.push(await stores.pullRequests.remove(key, 3), await stores.pullRequests.remove(key, 3))

      assert.deepEqual(before, [null, null, null, row(2), row(3), null])
      assert.deepEqual(await stores.pullRequests.openByHead(key, head), [
        row(1),
        row(2, { baseBranch: 'dev', isDraft: true }),
      ])
      assert.deepEqual(await stores.pullRequests.openByBase(key, 'main'), [row(1)])
    })

    it('numbers the evaluations of an installation, each once', async () => {
      const { installation } = fresh()

      const numbers = await Promise.all(
        Array.from({ length: 20 }, () => stores.evaluations.next(installation)),
      )

      assert.deepEqual(
        numbers.toSorted((one, two) => one - two),
        Array.from({ length: 20 }, (_, index) => index + 1),
      )
    })

    it('gives back the newest evaluation of a subject, whole', async () => {
      const key = fresh()
      const row = evaluationRow(key, { number: 2, previous: 1 })
      for (const put of [
        evaluationRow(key, { number: 1 }),
        row,
        evaluationRow(key, { subject: 'pull/2', number: 3 }),
      ])
        await stores.evaluations.finish(put)

      assert.deepEqual(await stores.evaluations.latest({ ...key, subject: 'pull/1' }, 'portcullis'), row)
      assert.equal(await stores.evaluations.latest({ ...key, subject: 'pull/1' }, 'another'), null)
    })

    it('keeps an evaluation of a change that could not be read', async () => {
      const key = fresh()
      const row = { ...evaluationRow(key, { head }), trees: { base: null, head: null } }

      await stores.evaluations.finish(row)

      assert.deepEqual(await stores.evaluations.latest({ ...key, subject: row.subject }, row.check), row)
    })

    it('gives the newest evaluation of each open pull request with a head', async () => {
      const key = fresh()
      for (const number of [1, 2])
        await stores.pullRequests.put({ ...key, number, head, baseBranch: 'main', isDraft: false })
      const rows = (
        [
          ['pull/1', 1, head],
          ['pull/1', 2, head],
          ['pull/1', 3, other],
          ['pull/2', 4, head],
          ['pull/3', 5, head],
        ] as const
      ).map(([subject, number, at]) => evaluationRow(key, { subject, number, head: at }))
      for (const row of rows) await stores.evaluations.finish(row)

      const latest = await stores.evaluations.latestByHead(key, head, 'portcullis')

      assert.deepEqual(latest, [rows[1], rows[3]])
    })

    it('lets one write a check at a time, and gives it what stands there', async () => {
      const at: PublicationKey = { ...fresh(), check: 'portcullis', head }
      const written = { evaluation: 1, digest: 'd', checkRun: 9_007_199_254_740_991, isCompleted: true }

      const first = await stores.publications.claim(at, 1, 1_000)
      const busy = await stores.publications.claim(at, 2, 1_000)
      await stores.publications.release(at, 1, written)
      const second = await stores.publications.claim(at, 2, 1_000)
      await stores.publications.release(at, 2, null)

      assert.deepEqual(first, { kind: 'claimed', last: null })
      assert.deepEqual(busy, { kind: 'busy' })
      assert.deepEqual(second, { kind: 'claimed', last: written })
      assert.deepEqual(await stores.publications.claim(at, 3, 1), { kind: 'claimed', last: written })
    })

    it('refuses an evaluation that is older than what was written', async () => {
      const at: PublicationKey = { ...fresh(), check: 'portcullis', head }
      await stores.publications.claim(at, 5, 1_000)
      await stores.publications.release(at, 5, { evaluation: 5, digest: 'd', checkRun: 1, isCompleted: true })

      assert.deepEqual(await stores.publications.claim(at, 4, 1_000), { kind: 'superseded' })
    })

    it('lets another take over when the lease is over, and ignores the late release', async () => {
      const at: PublicationKey = { ...fresh(), check: 'portcullis', head }
      await stores.publications.claim(at, 1, 1_000)
      clock.advance(1_000)

      const taken = await stores.publications.claim(at, 2, 1_000)
      await stores.publications.release(at, 1, {
        evaluation: 1,
        digest: 'late',
        checkRun: 1,
        isCompleted: true,
      })

      assert.deepEqual(taken, { kind: 'claimed', last: null })
      assert.deepEqual(await stores.publications.claim(at, 3, 1_000), { kind: 'busy' })
    })

    it('keeps scans by all that they depend on', async () => {
      const of = { installation: fresh().installation, gate: 'secrets', version: '1', digest: 'd' }
      const keys = Array.from({ length: 1_500 }, (_, index) => ({
        oid: head,
        path: `${'p'.repeat(3_000)}/${index}`,
      }))
      const plain: Scan = { findings: [], skips: [] }
      await stores.scans.put(of, [
        ...keys.map((key) => ({ key, scan: plain })),
        ...keys.map((key) => ({ key, scan: plain })),
      ])

      const found = await stores.scans.get(of, [...keys, { oid: other, path: 'a' }])

      assert.equal(found.size, 1_500)
      assert.deepEqual(found.get(scanKey(keys[0] ?? { oid: '', path: '' })), plain)
      for (const changed of [{ gate: 'iac' }, { version: '2' }, { digest: 'e' }, { installation: 1 }])
        assert.equal((await stores.scans.get({ ...of, ...changed }, keys)).size, 0)
    })

    it('keeps an answer with its etag', async () => {
      const { installation } = fresh()
      for (const value of ['text', null, { list: [1] }]) {
        await stores.etags.put(installation, '/a', { etag: 'W/"1"', value })

        assert.deepEqual(await stores.etags.get(installation, '/a'), { etag: 'W/"1"', value })
      }
      assert.equal(await stores.etags.get(installation, '/b'), null)
    })

    it('shows no installation what another keeps, and forgets one without the other', async () => {
      const mine = fresh()
      const theirs = { ...mine, installation: fresh().installation }
      const kept = await fill(stores, mine)
      await fill(stores, theirs)

      const before = await everything(stores, { ...mine, installation: 1 })
      await stores.installations.purge(theirs.installation)

      assert.ok(
        Object.values(before).every((value) => value === null || value === 0),
        JSON.stringify(before),
      )
      assert.deepEqual(await everything(stores, mine), kept)
      const left = await everything(stores, theirs)
      assert.ok(
        Object.values(left).every((value) => value === null || value === 0),
        JSON.stringify(left),
      )
    })

    it('forgets one repository', async () => {
      const gone = fresh()
      const stays = { ...gone, repository: gone.repository + 1 }
      await fill(stores, stays)
      await fill(stores, gone)

      await stores.installations.purge(gone.installation, gone.repository)

      const left = await everything(stores, gone)
      assert.ok(
        Object.values(left).every((value) => value === null || value === 0),
        JSON.stringify(left),
      )
      const { pullRequests, evaluation, inspection } = await everything(stores, stays)
      assert.equal(pullRequests, 1)
      assert.notEqual(evaluation, null)
      assert.notEqual(inspection, null)
    })
  })

async function fill(stores: Stores, key: RepositoryKey) {
  await stores.installations.nameRepository(key, `acme/${key.repository}`)
  await stores.pullRequests.put({ ...key, number: 1, head, baseBranch: 'main', isDraft: false })
  await stores.evaluations.finish(evaluationRow(key, { head }))
  await stores.publications.claim({ ...key, check: 'portcullis', head }, 1, 1)
  await stores.publications.release({ ...key, check: 'portcullis', head }, 1, {
    evaluation: 1,
    digest: 'd',
    checkRun: 1,
    isCompleted: true,
  })
  await stores.scans.put({ ...key, gate: 'g', version: 'v', digest: 'd' }, [
    { key: { oid: head, path: 'a' }, scan },
  ])
  await stores.etags.put(key.installation, '/a', { etag: 'e', value: 1 })
  await stores.inspections.put(key, 'main', {
    branch: 'main',
    requiredChecks: [],
    forcePushBlocked: true,
    deletionBlocked: true,
    bypassActors: null,
    unknown: [],
    app: null,
  })
  return everything(stores, key)
}

async function everything(stores: Stores, key: RepositoryKey) {
  const claim = await stores.publications.claim({ ...key, check: 'portcullis', head }, 2, 0)
  return {
    name: await stores.installations.repositoryId(key.installation, `acme/${key.repository}`),
    pullRequests: (await stores.pullRequests.openByHead(key, head)).length,
    evaluation:
      (await stores.evaluations.latest({ ...key, subject: 'pull/1' }, 'portcullis'))?.number ?? null,
    published: claim.kind === 'claimed' ? (claim.last?.checkRun ?? null) : claim.kind,
    scans: (
      await stores.scans.get({ ...key, gate: 'g', version: 'v', digest: 'd' }, [{ oid: head, path: 'a' }])
    ).size,
    etag: await stores.etags.get(key.installation, '/a'),
    inspection: await stores.inspections.latest(key, 'main'),
  }
}
