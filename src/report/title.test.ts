import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { contextWith } from '../testing/check-run-context.ts'
import { hiddenIn, hostileText } from '../testing/hostile-text.ts'
import { verdictFindingWith, verdictOn, verdictWith } from '../testing/verdict-with.ts'
import { titleOf } from './title.ts'

const secret = verdictFindingWith({
  gate: 'secrets',
  title: 'GitHub personal access token',
  path: 'scripts/sync.sh',
  startLine: 12,
})
const manifest = verdictFindingWith()
const objection = verdictFindingWith({
  gate: 'reviews',
  rule: 'reviews/changes-requested',
  title: 'Changes were requested',
  path: null,
  startLine: null,
})
const missing = { requirement: 'production', needs: 2, has: 1, who: ['kim', 'mona', 'sam', 'lee'] }
const waiting = verdictWith({ outcome: 'waiting', waiting: [missing] })
const failed = verdictOn([secret, manifest, manifest])
const invalidPolicy = verdictWith({
  outcome: 'error',
  skips: [{ gate: 'policy', path: '.github/portcullis.yml', reason: 'not valid\nhere', blocks: true }],
})

describe('the title', () => {
  for (const [name, verdict, context, title] of [
    ['a pass', verdictWith(), {}, 'Passed: 3 gates, 14 files, 3 commits'],
    ['several findings', failed, {}, 'Blocked: 1 secret, 2 manifest problems (the author acts)'],
    ['an objection', verdictOn([objection]), {}, 'Blocked: Changes were requested (author and reviewer act)'],
    [
      'a requirement that nobody can meet',
      verdictOn([
        {
          ...objection,
          rule: 'reviews/requirement-cannot-be-met',
          title: 'A requirement that nobody can meet',
        },
      ]),
      {},
      'Blocked: A requirement that nobody can meet (the owners of the policy act)',
    ],
    [
      'a branch that is not protected',
      verdictOn([{ ...objection, rule: 'protection/no-bypass', title: 'Somebody may bypass the rules' }]),
      {},
      'Blocked: Somebody may bypass the rules (an administrator of the repository acts)',
    ],
    [
      'one finding with a long name',
      verdictOn([secret]),
      {},
      'Blocked: GitHub personal access token in scripts/sync.sh:12 (the author acts)',
    ],
    [
      'one finding with a longer name',
      verdictOn([{ ...secret, path: 'scripts/on/a/long/way/sync.sh' }]),
      {},
      'Blocked: GitHub personal access token (the author acts)',
    ],
    ['missing approvals', waiting, {}, 'Waiting for 1 approval for production (4 people can give it)'],
    [
      'an approval that two can give',
      verdictWith({ outcome: 'waiting', waiting: [{ ...missing, who: ['kim', 'mona'] }] }),
      {},
      'Waiting for 1 approval for production (kim or mona can give it)',
    ],
    [
      'an invalid policy',
      invalidPolicy,
      {},
      'Cannot evaluate: .github/portcullis.yml is not valid (its owners act)',
    ],
    [
      'a limit',
      verdictWith({
        outcome: 'error',
        skips: [{ gate: 'policy', path: null, reason: 'The change has 9,000 commits.', blocks: true }],
      }),
      {},
      'Cannot evaluate: the change has 9,000 commits (whoever runs Portcullis acts)',
    ],
    [
      'a file that cannot be read',
      verdictWith({
        outcome: 'error',
        skips: [{ gate: 'iac', path: 'a.yaml', reason: 'not YAML', blocks: true }],
      }),
      {},
      'Cannot evaluate: a.yaml: not YAML (the author acts)',
    ],
    [
      'a draft that fails',
      verdictOn([manifest, manifest]),
      { isDraft: true },
      'Draft: 2 manifest problems; reviewers are asked when it is ready',
    ],
    [
      'a draft that waits',
      waiting,
      { isDraft: true },
      'Draft: nothing wrong so far; later it needs 1 approval for production',
    ],
    ['a draft that passes', verdictWith(), { isDraft: true }, 'Passed: 3 gates, 14 files, 3 commits'],
    [
      'evaluate mode',
      failed,
      { mode: { kind: 'evaluate', until: '2027-01-15' } },
      'Would block: 1 secret, 2 manifest problems (evaluate mode until 2027-01-15)',
    ],
    [
      'a dry run that waits',
      waiting,
      { mode: { kind: 'evaluate', until: null } },
      'Would wait for 1 approval for production (evaluate mode)',
    ],
    ['a push', failed, { on: 'push' }, 'Already on main: 1 secret, 2 manifest problems (repair it there)'],
    [
      'another pull request with this head',
      failed,
      {
        sharedBy: [
          { subject: 'pull/483', outcome: 'pass' },
          { subject: 'pull/484', outcome: 'fail' },
        ],
      },
      'Blocked (#484): 1 secret, 2 manifest problems (the author acts)',
    ],
    [
      'two of three pull requests with this head',
      waiting,
      {
        sharedBy: [
          { subject: 'pull/1', outcome: 'pass' },
          { subject: 'pull/2', outcome: 'waiting' },
          { subject: 'pull/3', outcome: 'waiting' },
        ],
      },
      'Waiting (#2 and #3): 1 approval for production (4 people can give it)',
    ],
  ] satisfies [string, Parameters<typeof titleOf>[0], Parameters<typeof contextWith>[0], string][]) {
    it(`says of ${name}: ${title}`, () => {
      assert.equal(titleOf(verdict, contextWith(context)), title)
      assert.ok(title.length <= 80)
    })
  }

  it('has 80 characters and 255 bytes at most, none of them hidden, whatever the names', () => {
    fc.assert(
      fc.property(
        hostileText,
        hostileText,
        fc.constantFrom('fail', 'error', 'waiting'),
        (one, other, outcome) => {
          const verdict = verdictWith({
            outcome,
            findings: [verdictFindingWith({ title: one, path: other })],
            waiting: [{ requirement: one, needs: 1, has: 0, who: [other] }],
            skips: [{ gate: 'iac', path: one, reason: other, blocks: true }],
          })
          const title = titleOf(verdict, contextWith({ branch: one, on: 'push' }))
          assert.ok(Array.from(title).length <= 80)
          assert.ok(Buffer.byteLength(title) <= 255)
          assert.deepEqual(hiddenIn(title), [])
          assert.equal(title.includes('\n'), false)
        },
      ),
    )
  })
})
