import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'

import { gates } from '../gates/index.ts'
import type { EffectiveRules } from '../model/facts.ts'
import { actor, factsWith, review } from '../testing/facts.ts'
import { GitRepository } from '../testing/git-repository.ts'
import { runCommand, verdictOf } from '../testing/run-command.ts'
import { check } from './check.ts'

const guarded: EffectiveRules = {
  branch: 'main',
  requiredChecks: [{ name: 'portcullis', app: 99, source: 'ruleset 7' }],
  forcePushBlocked: true,
  deletionBlocked: true,
  bypassActors: [],
  unknown: [],
  app: 99,
}

let git: GitRepository
before(() => (git = new GitRepository()))
after(() => git.remove())

async function judge(policy: string, effectiveRules: EffectiveRules | null) {
  const files = { '.github/portcullis.yml': policy, a: 'x' }
  const base = git.commit({ files })
  const head = git.commit({ files: { ...files, a: 'y' }, parents: [base] })
  const [author, kim] = [actor('author'), actor('kim')]
  const facts = factsWith({
    effectiveRules,
    reviews: [review(kim, 'approved', head)],
    attributions: { [head]: { author, committer: author } },
    collaborators: [{ actor: kim, role: 'write' }],
  })
  writeFileSync(join(git.folder, 'facts.json'), JSON.stringify(facts))
  return verdictOf(
    await runCommand(check(gates), git.folder, [`${base}..${head}`, '--facts', 'facts.json', '-f', 'json']),
  )
}

describe('check with facts of a branch', () => {
  const strict = 'protection:\n  fail_on_drift: true\n'

  for (const [name, policy, rules, expected] of [
    ['passes where it is protected', strict, guarded, ['pass', [], 0]],
    [
      'fails where it is not, and drift decides',
      strict,
      { ...guarded, forcePushBlocked: false },
      ['fail', ['protection/force-push-blocked'], 0],
    ],
    [
      'only reports it where drift does not',
      'version: 1\n',
      { ...guarded, forcePushBlocked: false },
      ['pass', [], 0],
    ],
    [
      'is an error where a bypass list is unknown',
      strict,
      { ...guarded, bypassActors: null },
      ['error', [], 1],
    ],
    ['is an error where nothing was read', strict, null, ['error', [], 1]],
  ] as const) {
    it(name, async () => {
      const { outcome, findings, skips } = await judge(policy, rules)

      const blocking = findings.filter(({ blocks }) => blocks).map(({ rule }) => rule)
      assert.deepEqual([outcome, blocking, skips.length], expected)
    })
  }
})
