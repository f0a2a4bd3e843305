import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { AnswerTooLarge } from '../ports/github-errors.ts'
import { evaluate, kim, name, oid, openedApp, repo, review, text } from '../testing/opened-app.ts'
import type { Script } from '../testing/scripted-github.ts'

describe('reading from GitHub', () => {
  it('costs 6 calls cold, and 1 of the quota warm', async () => {
    const spied = await openedApp()

    await evaluate(spied)
    const cold = spied.calls().length
    await evaluate(spied)

    const warm = spied.received.slice(cold + 1)
    assert.equal(cold, 6)
    assert.deepEqual(
      warm.filter(({ ifNoneMatch }) => ifNoneMatch === null).map(({ route }) => route),
      [`POST ${repo}/check-runs`],
    )
  })

  it('gives the same facts for a 304 as for the answer', async () => {
    const { github } = await openedApp()
    const read = () =>
      Promise.all([
        github.pullRequest(name, 12),
        github.reviews(name, 12),
        github.collaborators(name),
        github.effectiveRules(name, 'main'),
        github.organisationPolicy('acme'),
      ])

    const [cold, warm] = [await read(), await read()]

    assert.deepEqual(warm, cold)
    assert.deepEqual(cold[3].requiredChecks, [{ name: 'portcullis', app: 99, source: 'ruleset 42 of acme' }])
    assert.equal(cold[4]?.text, text)
  })

  it('keeps neither titles nor the texts of reviews and commits', async () => {
    const commit = { sha: oid, author: {}, committer: kim, commit: { message: 'MESSAGE' } }
    const spied = await openedApp({ [`GET ${repo}/pulls/12/commits`]: () => ({ json: [commit] }) })

    await evaluate(spied)
    const attributions = await spied.github.attributions(name, 12)

    assert.deepEqual(attributions?.[oid]?.author, null)
    assert.equal(spied.etags.kept.size, 4)
    assert.doesNotMatch(JSON.stringify([...spied.etags.kept]), /A title|"body"|MESSAGE/)
  })

  it('reads every page, and asks for none after a page that is not full', async () => {
    const full = Array.from({ length: 100 }, (_, at) => ({ ...review, id: at + 1 }))
    const script: Script = ({ path }) =>
      path.endsWith('page=1')
        ? { json: full, headers: { link: '<http://x/?page=2>; rel="next", <http://x/?page=2>; rel="last"' } }
        : { json: [{ ...review, id: 101 }] }
    const { github, calls } = await openedApp({ [`GET ${repo}/pulls/12/reviews`]: script })

    const found = await github.reviews(name, 12)

    assert.deepEqual([found.length, calls().length], [101, 2])
  })

  it('finds the first item after a page that was full and has not changed', async () => {
    const full = Array.from({ length: 100 }, (_, at) => ({ ...review, id: at + 1 }))
    const more: unknown[] = []
    const script: Script = ({ path }) => ({ json: path.endsWith('page=1') ? full : more })
    const { github } = await openedApp({ [`GET ${repo}/pulls/12/reviews`]: script })
    await github.reviews(name, 12)
    more.push({ ...review, id: 101 })

    const found = await github.reviews(name, 12)

    assert.equal(found.length, 101)
  })

  it('refuses a list without an end instead of cutting it off', async () => {
    const { github, clock } = await openedApp({
      [`GET ${repo}/pulls/12/reviews`]: () => ({
        json: [review],
        headers: { link: '<http://x/>; rel="next"' },
      }),
    })

    await assert.rejects(github.reviews(name, 12), AnswerTooLarge)
    assert.deepEqual(clock.waits, [])
  })

  it('refuses a body that is larger than any it needs', async () => {
    const { github } = await openedApp({
      [`GET ${repo}`]: () => ({ json: { filler: 'x'.repeat(17 * 1024 * 1024) } }),
    })

    await assert.rejects(github.repository(name), AnswerTooLarge)
  })
})
