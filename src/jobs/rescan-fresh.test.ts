import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import type { Gate } from '../model/gate.ts'
import { fakeApp, installation, pullRequestWith } from '../testing/fake-app.ts'
import type { FakeApp } from '../testing/fake-app.ts'
import { fakeGate, findingWith } from '../testing/fake-gate.ts'
import { mirrorBench } from '../testing/git-mirrors.ts'
import type { MirrorBench } from '../testing/git-mirrors.ts'
import { evaluatePullRequest } from './evaluate-pull-request.ts'

/** As many as make it worth while to keep results. */
const files = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`f${at}`, `${at}`]))

describe('/rescan --fresh', () => {
  let bench: MirrorBench
  before(async () => (bench = await mirrorBench()))
  after(() => bench.end())

  it('replaces a kept result that is wrong, which another rescan takes for true', async () => {
    let sees = 'wrong'
    const app = appWith(gateThat(() => sees))
    const outcomes: string[] = []
    const evaluated = async (asked: { rescan?: 'again' | 'fresh' }) => {
      await evaluatePullRequest(app, { installation, repository: 'acme/fleet', number: 12, ...asked })
      outcomes.push(seen(app))
    }

    await evaluated({})
    sees = 'right'
    await evaluated({ rescan: 'again' })
    await evaluated({ rescan: 'fresh' })
    sees = 'neither'
    await evaluated({ rescan: 'again' })

    assert.deepEqual(outcomes, ['wrong', 'wrong', 'right', 'right'])
  })

  function appWith(gate: Gate): FakeApp {
    const base = bench.push('main', { a: 'x' })
    const head = bench.push('topic', { a: 'x', ...files }, base)
    const app = fakeApp()
    app.repository.commits.add(head)
    app.repository.pulls.set(12, pullRequestWith(12, head))
    return { ...app, gates: [gate], mirrors: { ...app.mirrors, open: () => bench.open() } }
  }
})

function seen({ repository }: FakeApp): string {
  return /(wrong|right|neither) seen/.exec(repository.runs.at(-1)?.run.output.text ?? '')?.[1] ?? 'nothing'
}

/** Finds in each blob what `sees` says, and shows the first. */
function gateThat(sees: () => string): Gate {
  const found = () => ({ ...findingWith({ gate: 'secrets', message: `${sees()} seen.` }), identity: 'x' })
  const scanner = {
    digest: 'same',
    leavesOut: () => null,
    scan: () => ({ findings: [found()], skips: [] }),
  }
  return {
    ...fakeGate('secrets'),
    scan: { prepare: () => scanner },
    evaluate: ({ scanned }) => ({
      kind: 'evaluated',
      findings: scanned[0]?.scan.findings ?? [],
      skips: [],
      waiting: [],
      lookedAt: 'everything',
    }),
  }
}
