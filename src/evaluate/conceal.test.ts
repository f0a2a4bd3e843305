import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { Gate } from '../model/gate.ts'
import { fakeGate, findingWith } from '../testing/fake-gate.ts'
import { concealedFinding, concealedSkip, concealerOf } from './conceal.ts'

const hides: Gate = { ...fakeGate('secrets'), conceal: () => (text) => text.replaceAll('hidden', '…') }

describe('concealerOf', () => {
  const conceal = concealerOf([fakeGate('iac'), hides], null)

  it('hides in a finding all that somebody else wrote', () => {
    const place = { path: 'b/hidden', startLine: 1, commit: null, side: 'head' } as const
    const found = findingWith({
      path: 'a/hidden',
      resource: 'Pod hidden',
      message: 'hidden is',
      places: [place],
    })

    const shown = concealedFinding(found, conceal)

    assert.ok(!JSON.stringify(shown).includes('hidden'))
    assert.equal(shown.path, 'a/…')
  })

  it('leaves the message of the gate that finds secrets: it holds a preview', () => {
    assert.equal(
      concealedFinding(findingWith({ gate: 'secrets', message: 'hidden' }), conceal).message,
      'hidden',
    )
  })

  it('hides in a skip its path and what its reason quotes', () => {
    assert.deepEqual(concealedSkip({ path: 'a/hidden', reason: 'hidden: not YAML' }, conceal), {
      path: 'a/…',
      reason: '…: not YAML',
    })
  })

  it('changes nothing where no gate knows what a secret is', () => {
    assert.equal(concealerOf([fakeGate('iac')], null)('hidden'), 'hidden')
  })
})
