import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { Engine, maxFinds } from './engine.ts'
import { Keywords } from './keywords.ts'
import { linearPattern } from './linear-pattern.ts'
import { parsePattern, toSource } from './pattern-parser.ts'
import type { PatternRule } from './rule.ts'
import { rules } from './rules/index.ts'

const patterns = rules.filter((rule): rule is PatternRule => rule.kind === 'pattern')

describe('Keywords', () => {
  it('finds each keyword at each of its places, in any case', () => {
    const alphabet = fc.constantFrom('a', 'b', 'A', '-')
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '-'), minLength: 3, maxLength: 5 })
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 6 }), fc.string({ unit: alphabet }), (keywords, text) => {
        const found: string[] = []

        new Keywords(keywords).each(Buffer.from(text), (keyword, at) =>
          found.push(`${keywords[keyword]} ${at}`),
        )

        const lower = text.toLowerCase()
        const expected = keywords.flatMap((keyword) =>
          Array.from(lower).flatMap((_, at) => (lower.startsWith(keyword, at) ? [`${keyword} ${at}`] : [])),
        )
        assert.deepEqual(found.toSorted(), expected.toSorted())
      }),
    )
  })
})

describe('linearPattern', () => {
  for (const [name, pattern, reason] of [
    ['look-ahead', 'abc(?=d)', /look-around/],
    ['look-behind', '(?<!a)bcd', /look-around/],
    ['a back-reference', '(?:abc)\\1', /back-reference/],
    ['a named back-reference', '(?<a>b)\\k<a>', /back-reference/],
    ['a star', 'abc[a-z]*', /unbounded/],
    ['a plus', 'abc[a-z]+', /unbounded/],
    ['an open quantifier', 'abc[a-z]{2,}', /unbounded/],
    ['an anchor', '^abc', /anchor/],
    ['nested quantifiers', '(?:[a-z]{1,9}){1,9}!', /ways/],
    ['quantifiers that overlap', '[a-z]{0,50}[a-z0-9]{0,50}[a-z]{0,50}!', /ways/],
    ['alternatives that begin alike', '(?:a|ab|abc|abcd){1,8}!', /ways/],
    ['a match without an end', '[a-z]{30000}', /characters/],
    ['half a class', 'abc[a-z', /without its \]/],
    ['half a group', 'abc(?:d', /without its \)/],
    ['one ) too many', 'abc)', /without its \(/],
  ] as const) {
    it(`refuses ${name}`, () => assert.throws(() => linearPattern(pattern), reason))
  }

  for (const [pattern, length, ways] of [
    ['ghp_[A-Za-z0-9]{36}', 40, 1],
    ['a-[0-9]{1,9}-[0-9]{1,9}', 21, 1],
    ['[a-z]{0,9}z', 10, 10],
  ] as const) {
    it(`knows what ${pattern} costs`, () => {
      const { source: _, ...cost } = linearPattern(pattern)
      assert.deepEqual(cost, { length, ways })
    })
  }

  it('means what JavaScript means by the same pattern', () => {
    const part = fc.constantFrom(
      'a',
      '[a-c]',
      '[^a]',
      '\\d',
      '\\w',
      '\\s',
      '\\.',
      '.',
      '(?:ab|c)',
      '(?<n>b)',
      '\\x41',
    )
    const quantified = fc.tuple(part, fc.constantFrom('', '?', '{2}', '{0,3}')).map((texts) => texts.join(''))
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '1', '.', ' ') })
    fc.assert(
      fc.property(quantified, quantified, texts, (a, b, text) => {
        const pattern = a + b.replace('<n>', '<m>')
        const source = toSource(parsePattern(pattern))
        assert.equal(new RegExp(source).exec(text)?.[0], new RegExp(pattern).exec(text)?.[0])
      }),
    )
  })

  it('folds letters where the pattern says so, and nowhere else', () => {
    const source = toSource(parsePattern('(?i:ab[c-e])f'))
    assert.deepEqual(
      ['ABDf', 'abcf', 'abcF'].map((text) => new RegExp(source).test(text)),
      [true, true, false],
    )
  })
})

describe('Engine', () => {
  const engine = new Engine(patterns)

  it('runs no pattern outside the linear subset', () => {
    const [rule] = patterns as [PatternRule]
    const unsafe = new Engine([{ ...rule, keywords: ['aaa'], pattern: '(?:a{1,9}){1,9}!' }])

    assert.throws(() => unsafe.find(Buffer.from('aaa'), 'a'), { name: 'UnsafePattern' })
  })

  for (const [name, unit] of [
    ['keywords alone', 'api_key-'],
    ['assignments of nothing', 'token = '],
    ['prefixes', 'sk-'],
    ['beginnings of keys', '-----BEGIN RSA PRIVATE KEY-----'],
    ['beginnings of signed tokens', 'eyJ'],
    ['separators', 'password    =   '],
    ['colons', '://a:'],
    ['secrets', 'secret'],
  ] as const) {
    it(`does twice the work on twice as many ${name}`, () => {
      const [once, twice] = [1000, 2000].map(
        (count) => engine.find(Buffer.from(unit.repeat(count)), 'a').tries,
      )

      assert.ok((once ?? 0) > 0, 'the text has keywords')
      assert.ok((twice ?? 0) <= 2 * (once ?? 0) + 50, `${once} tries, then ${twice}`)
    })
  }

  it('tries at most a fixed number of patterns a keyword', () => {
    const longest = Math.max(...patterns.map(({ before = 0 }) => before)) + 1
    const text = patterns.flatMap(({ keywords }) => keywords).join(' ')

    assert.ok(engine.find(Buffer.from(text), 'a').tries <= text.length * longest)
  })

  it('stops at so many finds of one rule, and says so', () => {
    const rule: PatternRule = {
      kind: 'pattern',
      id: 'secrets/test',
      title: 'Test',
      severity: 'low',
      provider: 'test',
      rationale: '',
      remediation: '',
      references: [],
      keywords: ['abc'],
      pattern: 'abc[0-9]{4}',
      examples: { fail: () => [], pass: () => [] },
    }
    const numbers = Array.from({ length: maxFinds + 5 }, (_, index) => `abc${1000 + index}`)

    const { finds, capped } = new Engine([rule]).find(Buffer.from(numbers.join(' ')), 'a')

    assert.deepEqual([finds.length, capped], [maxFinds, [rule]])
  })
})
