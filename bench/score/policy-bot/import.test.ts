import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { UserError } from '../../../src/std/user-error.ts'
import { CannotImport } from './cannot-import.ts'
import { importPolicyBot } from './import.ts'

function policy(approval: string, rules: string, more = ''): string {
  return `policy: { approval: ${approval} ${more} }\napproval_rules: [${rules}]`
}

const bob = '{ name: bob, requires: { count: 1, users: [bob] } }'
const two = '{ name: two, requires: { count: 2, teams: [acme/x], permissions: [write], admins: true } }'

describe('importPolicyBot', () => {
  it('makes each rule a requirement, with its condition and whom it asks', () => {
    const rule =
      '{ name: r, if: { changed_files: { globs: ["a/*"] } }, requires: { count: 1, users: [bob] } }'

    assert.deepEqual(importPolicyBot(policy('[r, two]', `${rule}, ${two}`)), {
      requirements: [
        { name: 'r', if: { paths: ['a/*'] }, count: 1, by: ['bob'] },
        { name: 'two', if: null, count: 2, by: ['@acme/x', 'write', 'admin'] },
      ],
      author_counts: false,
      contributor_counts: false,
      stale: 'changed-content',
      distinct: false,
      bots: { may_approve: true },
    })
  })

  it('keeps the tree of or and and', () => {
    const { requirements } = importPolicyBot(policy('[{ or: [bob, { and: [bob, two] }] }]', `${bob}, ${two}`))

    const one = { count: 1, by: ['bob'] }
    const other = { count: 2, by: ['@acme/x', 'write', 'admin'] }
    assert.deepEqual(requirements, [
      { name: 'bob or bob or two', if: null, any: [one, { all: [one, other] }] },
    ])
  })

  for (const [options, counting] of [
    ['{ allow_author: true }', { author_counts: true, contributor_counts: false }],
    ['{ allow_contributor: true, allow_author: false }', { author_counts: true, contributor_counts: true }],
    ['{ allow_non_author_contributor: true }', { author_counts: false, contributor_counts: true }],
    ['{ invalidate_on_push: true }', { stale: 'always' }],
    ['{ invalidate_on_push: true, ignore_update_merges: true }', { stale: 'changed-content' }],
  ] satisfies [string, object][]) {
    it(`takes over ${options}`, () => {
      const imported = importPolicyBot(policy('[r]', `{ name: r, options: ${options} }`))

      assert.deepEqual({ ...imported, ...counting }, imported)
    })
  }

  it('lets the option of a rule go before the default', () => {
    const text = policy('[r]', '{ name: r, options: { allow_author: false } }')

    assert.equal(
      importPolicyBot(`${text}\napproval_defaults: { options: { allow_author: true } }`).author_counts,
      false,
    )
  })

  for (const [name, text] of [
    ['an unknown key', policy('[r]', '{ name: r, requries: {} }')],
    ['no approval', 'policy: {}'],
    ['a rule that is not there', policy('[x]', bob)],
    ['two rules of one name', policy('[bob]', `${bob}, ${bob}`)],
    ['a negative count', policy('[r]', '{ name: r, requires: { count: -1 } }')],
    ['and beside or', policy('[{ and: [bob], or: [bob] }]', bob)],
    ['another conjunction', policy('[{ none: [bob] }]', bob)],
    ['an empty or', policy('[{ or: [] }]', bob)],
    [
      'a regular expression that is none',
      policy('[r]', '{ name: r, if: { changed_files: { paths: ["("] } } }'),
    ],
    ['a look-ahead', policy('[r]', '{ name: r, if: { title: { matches: ["(?=a)"] } } }')],
    ['what is not YAML', 'policy: ['],
  ] satisfies [string, string][]) {
    it(`refuses ${name}`, () => assert.throws(() => importPolicyBot(text), UserError))
  }

  for (const [name, text] of [
    ['a title', policy('[r]', '{ name: r, if: { title: { matches: [a] } } }')],
    ['an organisation', policy('[r]', '{ name: r, requires: { count: 1, organizations: [acme] } }')],
    ['a condition inside or', policy('[{ or: [r] }]', '{ name: r, if: { changed_files: { globs: [a] } } }')],
    ['options that differ', policy('[r, s]', '{ name: r, options: { allow_author: true } }, { name: s }')],
    ['comments that approve', policy('[r]', '{ name: r, options: { methods: { comments: [lgtm] } } }')],
    [
      'a condition for disapproval',
      policy('[bob]', bob, ', disapproval: { if: { title: { matches: [a] } } }'),
    ],
  ] satisfies [string, string][]) {
    it(`says that it cannot import ${name}`, () => assert.throws(() => importPolicyBot(text), CannotImport))
  }
})
