import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { Approver, outside } from './approver.ts'
import { Day, daysBetween } from './day.ts'
import { Duration } from './duration.ts'
import { Glob, matcherOf } from './glob.ts'
import { Size } from './size.ts'

describe('the values of a policy', () => {
  for (const [name, schema, good, bad] of [
    [
      'Duration',
      Duration,
      ['1ms', '30s', '5m', '1h'],
      ['', '0s', '5', '5 m', '1d', '-1s', '1.5h', '1m30s', 5],
    ],
    ['Size', Size, ['1B', '512KiB', '10MiB', '1GiB'], ['', '0B', '10', '10MB', '10 MiB', '-1KiB', 10]],
    [
      'Day',
      Day,
      ['2026-02-28', '2028-02-29'],
      ['2026-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00', '20260101'],
    ],
    [
      'Approver',
      Approver,
      ['kim', 'k-1', 'kim_acme', 'renovate[bot]', '@acme/a.b', 'admin', 'codeowners'],
      ['', '@kim', '@acme/', 'kim lee', '-kim', 'read', 'a'.repeat(40), 'kim@acme.io'],
    ],
    [
      'Glob',
      Glob,
      ['**', 'a/**', '*.yaml', '{a,b}/c', '[ab]', String.raw`a\[b`],
      ['', '/a', './a', '../a', '!a', 'a/', '{a', 'a[', 'a\nb'],
    ],
  ] as const) {
    for (const value of good) it(`${name} takes ${value}`, () => assert.ok(schema.safeParse(value).success))
    for (const value of bad)
      it(`${name} refuses ${JSON.stringify(value)}`, () => assert.ok(!schema.safeParse(value).success))
  }

  it('are read for what they say, and never as something else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.integer({ min: 1, max: 9999 }), (noise, amount) => {
        for (const schema of [Duration, Size]) {
          const parsed = schema.safeParse(noise)
          if (parsed.success) assert.ok(Number.isSafeInteger(parsed.data) && parsed.data > 0)
        }
        assert.equal(
          Duration.parse(`${amount}s`),
          Duration.parse(`${amount * 1000}ms`.replace(/^\d{7,}ms$/, `${amount}s`)),
        )
        assert.equal(Size.parse(`${amount}MiB`), amount * 1024 * 1024)
      }),
    )
  })

  it('count days over months and leap days', () => {
    assert.equal(daysBetween('2026-12-31', '2027-01-01'), 1)
    assert.equal(daysBetween('2028-02-28', '2028-03-01'), 2)
    assert.equal(daysBetween('2026-01-02', '2026-01-01'), -1)
  })

  it('match paths as git has them', () => {
    const matches = matcherOf(['apps/*/x.yaml', '.github/**'])

    assert.deepEqual(
      ['apps/a/x.yaml', 'apps/.a/x.yaml', 'apps/a/b/x.yaml', '.github/workflows/.ci.yml', '#x'].map(matches),
      [true, true, false, true, false],
    )
  })

  for (const [floor, value, expected] of [
    [['write'], ['admin', 'maintain'], null],
    [['maintain'], ['write'], 0],
    [['@Acme/A'], ['@acme/a'], null],
    [['@acme/a'], ['@acme/a', 'kim'], 1],
    [['@acme/a'], ['admin'], 0],
  ] as const)
    it(`find who of ${value.join()} is outside ${floor.join()}`, () =>
      assert.equal(outside(floor, value), expected))
})
