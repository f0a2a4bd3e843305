import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { loadPolicy } from '../load-policy.ts'

const catalogue = new Map([['k8s/privileged', 'high']])

describe('unknownRules', () => {
  it('warns of a rule that nobody knows, with the one that was meant', () => {
    const warnings = warningsOf('gates: { iac: { rules: { k8s/privilegd: { severity: critical } } } }')

    assert.deepEqual(
      warnings.map(({ level, column, message, suggestion }) => [level, column, message, suggestion]),
      [['warning', 26, 'no rule has the id k8s/privilegd', 'k8s/privileged']],
    )
  })

  it('warns of one in a waiver', () => {
    const waiver = '{ rule: k8s/x, reason: x, granted_by: kim, granted: 2026-11-01, expires: 2026-11-02 }'

    assert.equal(warningsOf(`waivers: { active: [${waiver}] }`)[0]?.key, 'waivers.active[0].rule')
  })

  it('knows the rules of the catalogue and those of the policy', () => {
    const custom = '{ id: custom/a, title: a, kinds: [Pod], deny: "true", severity: low, remediation: Do. }'
    const rules = '{ k8s/privileged: { severity: low }, custom/a: { severity: high } }'

    assert.deepEqual(warningsOf(`gates: { iac: { custom: [${custom}], rules: ${rules} } }`), [])
  })
})

function warningsOf(text: string) {
  const loaded = loadPolicy({ repository: { path: 'p.yml', oid: null, text }, organisation: null, catalogue })
  assert.ok(loaded.kind === 'valid')
  return loaded.warnings.filter(({ message }) => message.startsWith('no rule has the id'))
}
