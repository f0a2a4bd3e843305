import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { entryOf, kindOf } from './tree.ts'

const oid = 'ab'.repeat(20)

function tree(entries: readonly (readonly [mode: string, name: Uint8Array])[]): Buffer {
  return Buffer.concat(
    entries.flatMap(([mode, name]) => [
      Buffer.from(`${mode} `),
      name,
      Buffer.from([0]),
      Buffer.from(oid, 'hex'),
    ]),
  )
}

describe('entryOf', () => {
  it('finds every entry of any tree, and nothing else', () => {
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 12 })
      .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 ? 0x20 : byte))))
    const names = fc.uniqueArray(name, { selector: (bytes) => bytes.toString('hex'), minLength: 1 })
    fc.assert(
      fc.property(names, ([other = Buffer.alloc(0), ...rest]) => {
        const bytes = tree(rest.map((entry) => ['100644', entry]))

        for (const entry of rest) assert.deepEqual(entryOf(bytes, entry), { mode: '100644', oid })
        assert.equal(entryOf(bytes, other), null)
      }),
    )
  })

  it('finds or refuses in anything', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          assert.match(entryOf(Buffer.from(bytes), Buffer.from('a'))?.oid ?? oid, /^[0-9a-f]{40}$/)
        } catch (error) {
          assert.match(String(error), /no tree object/)
        }
      }),
    )
  })

  it('refuses a tree that is cut', () => {
    const bytes = tree([['100644', Buffer.from('a')]])

    assert.throws(() => entryOf(bytes.subarray(0, -1), Buffer.from('b')), /no tree object/)
  })
})

describe('kindOf', () => {
  for (const [mode, kind] of [
    ['100644', 'file'],
    ['100664', 'file'],
    ['100755', 'executable'],
    ['120000', 'symlink'],
    ['160000', 'submodule'],
    ['40000', null],
    ['040000', null],
    ['000000', null],
  ] as const) {
    it(`takes ${mode} for ${kind}`, () => assert.equal(kindOf(mode), kind))
  }

  it('refuses a device', () => assert.throws(() => kindOf('060000')))
})
