import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { describe, it } from 'node:test'

import { fakeTokens } from '../../../testing/fake-token.ts'
import { policyWith } from '../../../testing/policy.ts'
import { linearPattern } from '../linear-pattern.ts'
import { secrets } from '../secrets.ts'
import { rules } from './index.ts'

const scanner = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: null })

for (const rule of rules) {
  const fake = fakeTokens(rule.id)

  describe(rule.id, () => {
    for (const [index, text] of rule.examples.fail(fake).entries()) {
      it(`names what is in failing example ${index + 1}`, () => {
        const found = scan(text)

        assert.ok(
          found.some((finding) => finding.rule === rule.id),
          `found ${found.map((finding) => finding.rule).join() || 'nothing'}`,
        )
        assert.equal(found.length, 1, 'one secret, one finding')
      })
    }
    for (const [index, text] of rule.examples.pass(fake).entries()) {
      it(`finds nothing in passing example ${index + 1}`, () =>
        assert.deepEqual(
          scan(text).map((finding) => finding.rule),
          [],
        ))
    }

    it('has an example of each kind', () => {
      assert.ok(rule.examples.fail(fake).length > 0 && rule.examples.pass(fake).length > 0)
    })

    it('has an id that is also its path', () => {
      assert.match(rule.id, /^secrets\/[a-z0-9]+(-[a-z0-9]+)*$/)
      assert.ok(existsSync(new URL(`${rule.id.replace('secrets/', '')}.ts`, import.meta.url)))
    })

    it('tells the reader why, and what to do', () => {
      assert.ok(rule.rationale.trim().length > 40)
      assert.match(rule.remediation, /^[A-Z][a-z]+ .{15,}\.$/)
      assert.ok(rule.references.length > 0)
      for (const reference of rule.references) assert.ok(URL.canParse(reference), reference)
    })

    if (rule.kind !== 'pattern') return

    it('has keywords that a search can be made for', () => {
      assert.ok(rule.keywords.length > 0)
      for (const keyword of rule.keywords) assert.match(keyword, /^[\x21-\x40\x5b-\x7e ]{3,}$/, keyword)
    })

    it('has a pattern whose cost is bounded', () => assert.ok(linearPattern(rule.pattern).ways >= 1))
  })
}

it('gives each rule an id of its own', () => {
  assert.equal(new Set(rules.map((rule) => rule.id)).size, rules.length)
})

function scan(text: string) {
  return scanner.scan({ path: 'a.txt', bytes: Buffer.from(text) }).findings
}
