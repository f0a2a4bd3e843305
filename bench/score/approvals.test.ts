import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'

import { approvals } from './approvals.ts'

const policy =
  'policy: { approval: [r] }\napproval_rules: [{ name: r, requires: { count: 1, users: [bob] } }]'
const commits = [{ sha: 'c1', author: 'ann', committer: 'ann' }]
const approved = [{ author: 'bob', state: 'approved', createdAt: '2026-01-01T00:00:10Z' }]

describe('the score of approvals', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'approvals-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  async function scoreOf(row: object) {
    const path = join(folder, 'rows.jsonl')
    const whole = { id: 'one', policy, pull: { author: 'ann', commits }, facts: {}, ...row }
    await writeFile(path, `${JSON.stringify(whole)}\n`)
    return approvals(path)
  }

  for (const [name, row] of [
    [
      'approved as a pass',
      { pull: { author: 'ann', commits, reviews: approved }, expect: { status: 'approved' } },
    ],
    ['pending as waiting', { expect: { status: 'pending' } }],
    [
      'what we want otherwise before what is expected',
      { expect: { status: 'approved' }, portcullis: { status: 'pending' } },
    ],
    ['a refused policy as an error', { policy: 'policy: {}', expect: { status: 'error' } }],
    [
      'rules that are all skipped as an error',
      {
        policy:
          'policy: { approval: [r] }\napproval_rules: [{ name: r, if: { changed_files: { globs: [a] } } }]',
        expect: { status: 'skipped' },
      },
    ],
    [
      'an approval before the push as missing',
      {
        pull: { author: 'ann', commits, pushedAt: { c1: '2026-01-01T00:00:50Z' }, reviews: approved },
        expect: { status: 'pending' },
      },
    ],
  ] satisfies [string, object][]) {
    it(`takes ${name}`, async () => {
      const { right, total, misses } = await scoreOf(row)

      assert.deepEqual({ right, total, misses }, { right: 1, total: 1, misses: [] })
    })
  }

  it('counts what cannot be imported as a miss and says what it is', async () => {
    const text = 'policy: { approval: [r] }\napproval_rules: [{ name: r, if: { has_labels: [a] } }]'

    const { right, misses } = await scoreOf({ policy: text, expect: { status: 'approved' } })

    assert.equal(right, 0)
    assert.deepEqual(misses, ['one cannot import: if.has_labels'])
  })
})
