import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { UserError } from '../std/user-error.ts'
import { parseCommit } from './commit.ts'

const oid = 'a'.repeat(40)
const tree = `tree ${'b'.repeat(40)}\n`
const parent = `parent ${'c'.repeat(40)}\n`
const author = 'author Ada <ada@example.com> 1700000000 +0100\n'
const committer = 'committer Bob <bob@example.com> 1700000001 -0000\n'

function parse(text: string | Buffer): ReturnType<typeof parseCommit> {
  return parseCommit(oid, Buffer.from(text as string))
}

describe('parseCommit', () => {
  it('reads who made what', () => {
    const commit = parse(`${tree}${parent}${parent}${author}${committer}\nfix\n\nbody\n`)

    assert.deepEqual(commit, {
      oid,
      tree: 'b'.repeat(40),
      parents: ['c'.repeat(40), 'c'.repeat(40)],
      author: { name: 'Ada', email: 'ada@example.com', at: 1_700_000_000 },
      committer: { name: 'Bob', email: 'bob@example.com', at: 1_700_000_001 },
      coAuthors: [],
      message: 'fix\n\nbody\n',
    })
  })

  for (const [name, line, person] of [
    ['no space before the address', 'Ada<a@b> 1 +0000', { name: 'Ada', email: 'a@b', at: 1 }],
    ['no name', '<a@b> 1 +0000', { name: '', email: 'a@b', at: 1 }],
    ['no address', 'Ada 1 +0000', { name: 'Ada 1 +0000', email: '', at: null }],
    ['two addresses', 'Ada <a@b> <c@d> 1 +0000', { name: 'Ada', email: 'a@b', at: 1 }],
    ['no date', 'Ada <a@b>', { name: 'Ada', email: 'a@b', at: null }],
    ['a date before 1970', 'Ada <a@b> -1 +0000', { name: 'Ada', email: 'a@b', at: null }],
    [
      'a date that no number holds',
      'Ada <a@b> 18446744073709551615 +0000',
      { name: 'Ada', email: 'a@b', at: null },
    ],
    ['an address turned around', 'Ada >a@b< 1', { name: 'Ada >a@b< 1', email: '', at: null }],
  ] as const) {
    it(`reads an author with ${name}`, () => {
      assert.deepEqual(parse(`${tree}author ${line}\n${committer}\nx`).author, person)
    })
  }

  it('reads co-authors anywhere in the message, in any case', () => {
    const { coAuthors } = parse(
      `${tree}${author}${committer}\nx\n\nCo-authored-by: A <a@b>\r\nbody\n co-Authored-By:B <b@c>`,
    )

    assert.deepEqual(coAuthors, [
      { name: 'A', email: 'a@b', at: null },
      { name: 'B', email: 'b@c', at: null },
    ])
  })

  it('skips a signature, and what it holds', () => {
    const commit = parse(
      `${tree}${author}${committer}gpgsig -----BEGIN\n parent x\n \n author y\n -----END\n\nx`,
    )

    assert.deepEqual([commit.parents, commit.message], [[], 'x'])
  })

  it('reads the message as UTF-8 whatever the encoding says', () => {
    const head = Buffer.from(`${tree}${author}${committer}encoding UTF-16\n\n`)

    assert.equal(parse(Buffer.concat([head, Buffer.from('caf\xe9 ghp', 'latin1')])).message, 'caf\uFFFD ghp')
  })

  it('takes a commit without a message', () =>
    assert.equal(parse(`${tree}${author}${committer}`).message, ''))

  for (const [name, text] of [
    ['nothing', ''],
    ['no tree', `${author}${committer}\nx`],
    ['a short tree', `tree ${'b'.repeat(39)}\n${author}${committer}\nx`],
    ['two trees', `${tree}${tree}${author}${committer}\nx`],
    ['a parent after the author', `${tree}${author}${parent}${committer}\nx`],
    ['a parent at the end', `${tree}${author}${committer}${parent}\nx`],
    ['two authors', `${tree}${author}${author}${committer}\nx`],
    ['no committer', `${tree}${author}\nx`],
    ['a NUL in the header', `${tree}${author}${committer}x \0\n\nx`],
    ['a parent in capitals', `${tree}parent ${'C'.repeat(40)}\n${author}${committer}\nx`],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => parse(text), { code: 'repository-unsupported' }))
  }

  it('reads or refuses anything', () => {
    const line = fc.constantFrom(tree, parent, author, committer, '\n', ' x\n', 'x', '\0', 'author <', '> 1')
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 12 }), (lines) => {
        try {
          const commit = parse(lines.join(''))

          assert.match(commit.tree, /^b{40}$/)
        } catch (error) {
          assert.ok(error instanceof UserError)
        }
      }),
    )
  })
})
