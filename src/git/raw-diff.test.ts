import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { RawDiff } from './raw-diff.ts'

const [one, two, zero] = ['1'.repeat(40), '2'.repeat(40), '0'.repeat(40)]

/** Everything as it came, one line each. */
function parse(chunks: readonly Buffer[]): string[] {
  const found: string[] = []
  const raw = new RawDiff({
    heading: (heading) => found.push(heading.kind === 'commit' ? heading.oid : 'trees'),
    change: ({ before, after, path }) =>
      found.push(
        [...before, after].map(({ mode, oid }) => `${mode} ${oid}`).join(' > ') + ` ${path.toString('hex')}`,
      ),
  })
  for (const chunk of chunks) raw.push(chunk)
  raw.end()
  return found
}

describe('RawDiff', () => {
  it('reads a commit, a merge and two trees', () => {
    const text = [
      `${one}\0:000000 100644 ${zero} ${one} A\0a\0`,
      `${two}\0::100644 100644 100755 ${one} ${two} ${one} MM\0b\nc\0`,
      `${one} ${two}\n:100644 000000 ${one} ${zero} D\0:d\0`,
    ].join('')

    assert.deepEqual(parse([Buffer.from(text)]), [
      one,
      `000000 ${zero} > 100644 ${one} 61`,
      two,
      `100644 ${one} > 100644 ${two} > 100755 ${one} 620a63`,
      'trees',
      `100644 ${one} > 000000 ${zero} 3a64`,
    ])
  })

  for (const [name, text] of [
    ['a change that is cut', `${one}\0:000000 100644 ${zero} ${one} A\0a`],
    ['a heading that is cut', one.slice(1)],
    ['a heading that is none', `${'x'.repeat(40)}\0`],
    ['too few fields', `:000000 100644 ${zero} A\0a\0`],
    ['a mode that is none', `:00000x 100644 ${zero} ${one} A\0a\0`],
    ['a short id', `:000000 100644 ${zero} 123 A\0a\0`],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => parse([Buffer.from(text)]), /git diff-tree/))
  }

  it('reads the same however it is cut', () => {
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 20 })
      .map((bytes) => bytes.map((byte) => byte || 0x3a))
    const item = fc.oneof(
      fc.constantFrom(`${one}\0`, `${two} ${one}\n`).map((text) => Buffer.from(text)),
      fc.tuple(fc.integer({ min: 1, max: 4 }), name).map(([count, path]) => {
        const fields = [
          ...Array<string>(count + 1).fill('100644'),
          ...Array<string>(count + 1).fill(one),
          'M'.repeat(count),
        ]
        return Buffer.concat([
          Buffer.from(`${':'.repeat(count)}${fields.join(' ')}\0`),
          path,
          Buffer.from([0]),
        ])
      }),
    )
    fc.assert(
      fc.property(fc.array(item, { maxLength: 10 }), fc.integer({ min: 1, max: 50 }), (items, size) => {
        const whole = Buffer.concat(items)
        const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
          whole.subarray(at * size, (at + 1) * size),
        )

        assert.deepEqual(parse(chunks), parse([whole]))
        assert.equal(parse([whole]).length, items.length)
      }),
    )
  })
})
