import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { Ajv2020 } from 'ajv/dist/2020.js'

import { policyKeys } from './policy-file.ts'
import { gitopsStrict } from './presets/gitops-strict.ts'
import { valueAt } from './problems/issue.ts'
import { policySchema } from './schema.ts'

describe('policySchema', () => {
  const validate = new Ajv2020({ strict: false }).compile(policySchema())

  it('has a description, a title and a default for every key', () => {
    for (const [key, { default: value }] of policyKeys) {
      const found = valueAt(
        policySchema(),
        key.split('.').flatMap((name) => ['properties', name]),
      )

      assert.equal(typeof valueAt(found, ['description']), 'string', key)
      assert.equal(valueAt(found, ['title']), key)
      assert.deepEqual(valueAt(found, ['default']), value, key)
    }
  })

  for (const [name, file, expected] of [
    ['an empty file', {}, true],
    ['a preset', gitopsStrict, true],
    [
      'a nested requirement',
      { gates: { reviews: { requirements: [{ name: 'a', any: [{ count: 1, by: ['kim'] }] }] } } },
      true,
    ],
    ['an unknown key', { gates: { secret: {} } }, false],
    [
      'an unknown key deep inside',
      { gates: { reviews: { requirements: [{ name: 'a', any: [{ cuont: 1 }] }] } } },
      false,
    ],
    ['a value that there is not', { mode: 'on' }, false],
    ['a duration without its unit', { limits: { timeout: 5 } }, false],
  ] as const)
    it(`says ${expected} of ${name}`, () => assert.equal(validate(file), expected))
})
