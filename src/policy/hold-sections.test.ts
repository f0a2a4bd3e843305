import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { loadPolicy } from './load-policy.ts'

const oid = 'c'.repeat(40)

describe('holdSections', () => {
  it('adds requirements up, the organisation’s first', () => {
    const base = 'gates: { reviews: { requirements: [{ name: base, count: 1, by: [write] }] } }'
    const loaded = loadPolicy(files(base, base.replace('base', 'more')))

    assert.ok(loaded.kind === 'valid')
    assert.deepEqual(
      loaded.effective.policy.gates.reviews.requirements.map(({ name }) => name),
      ['base', 'more'],
    )
  })

  for (const [name, organisation, repository, message] of [
    [
      'other keys of a section that the organisation speaks of',
      'gates: { secrets: { fail_on: any } }',
      'gates: { secrets: { exclude: ["**"] } }',
      /the organisation’s default \[\]/,
    ],
    [
      'its other keys under a preset that it extends',
      'extends: [gitops-strict]',
      'protection: { require_check: false }',
      /weaker than/,
    ],
    [
      'a rule that is turned off',
      'gates: { iac: { fail_on: high } }',
      'gates: { iac: { rules: { k8s/a: { off: x } } } }',
      /k8s\/a is turned off/,
    ],
    [
      'a value of a preset that the file itself extends',
      '',
      'extends: [gitops-strict]\ngates: { iac: { fail_on: high } }',
      /high is weaker than the preset gitops-strict’s medium/,
    ],
  ] as const)
    it(`holds ${name}`, () => {
      const loaded = loadPolicy(files(organisation, repository))

      assert.ok(loaded.kind === 'invalid')
      assert.match(loaded.problems[0]?.message ?? '', message)
    })

  for (const [name, organisation, repository] of [
    [
      'weaker values than the defaults',
      '',
      'gates: { secrets: { fail_on: never }, reviews: { requirements: [] } }',
    ],
    [
      'the same after extending recommended',
      '',
      'extends: [recommended]\ngates: { secrets: { fail_on: never } }',
    ],
    [
      'keys of a section of which the organisation does not speak',
      'gates: { iac: { fail_on: low } }',
      'gates: { secrets: { exclude: ["a/**"] } }',
    ],
    [
      'its own trust root and beginning',
      'gates: { signatures: { require: head } }',
      `gates: { signatures: { trust: a/t.yml, since: ${oid} } }`,
    ],
    [
      'rules that are off beside a preset of its own choice',
      '',
      'extends: [gitops-strict]\ngates: { iac: { rules: { k8s/a: { off: x } } } }',
    ],
    [
      'a preset that is weaker than the organisation',
      'gates: { iac: { fail_on: low } }',
      'extends: [gitops-strict]',
    ],
    ['enforce where the organisation is off', 'mode: off', 'mode: enforce'],
  ] as const)
    it(`lets a repository choose ${name}`, () => {
      const loaded = loadPolicy(files(organisation, repository))

      assert.equal(loaded.kind, 'valid')
    })

  it('keeps the stricter value where a preset of the repository is weaker', () => {
    const loaded = loadPolicy(files('gates: { iac: { fail_on: low } }', 'extends: [gitops-strict]'))

    assert.ok(loaded.kind === 'valid')
    assert.equal(loaded.effective.policy.gates.iac.fail_on, 'low')
    assert.equal(loaded.effective.policy.gates.iac.unrendered, 'block')
  })

  it('knows what a rule’s own severity is where it has the catalogue', () => {
    const repository = 'gates: { iac: { rules: { k8s/a: { severity: low } } } }'
    const input = files('gates: { iac: { fail_on: high } }', repository)

    assert.equal(loadPolicy({ ...input, catalogue: new Map([['k8s/a', 'info']]) }).kind, 'valid')
    assert.equal(loadPolicy({ ...input, catalogue: new Map([['k8s/a', 'medium']]) }).kind, 'invalid')
  })
})

function files(organisation: string, repository: string) {
  return {
    organisation: { repository: 'acme/.github', oid, text: organisation },
    repository: { path: '.github/portcullis.yml', oid, text: repository },
  }
}
