import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { GateResult } from '../model/gate.ts'
import type { Guarantee, ProtectionInput } from '../model/inspection.ts'
import { evaluated } from '../testing/gate-input.ts'
import { withProtection } from './protection.ts'

const approved: GateResult = { kind: 'evaluated', findings: [], skips: [], waiting: [], lookedAt: '1 of 1' }

function guarantee(id: Guarantee['id'], holds: Guarantee['holds']): Guarantee {
  return { id, holds, message: `${id} ${holds}.`, remediation: holds === 'yes' ? '' : 'Repair it.' }
}

function inspected(...guarantees: Guarantee[]): ProtectionInput {
  return {
    kind: 'inspected',
    inspections: [{ check: 'portcullis', inspection: { branch: 'main', guarantees } }],
  }
}

describe('withProtection', () => {
  it('changes nothing where nobody asks', () =>
    assert.equal(withProtection(approved, { kind: 'not-asked' }), approved))

  it('finds each guarantee that does not hold', () => {
    const given = inspected(guarantee('check-required', 'yes'), guarantee('no-bypass', 'no'))

    const { findings, skips } = evaluated(withProtection(approved, given))

    assert.deepEqual(
      findings.map(({ rule, gate, severity, path, message }) => [rule, gate, severity, path, message]),
      [['protection/no-bypass', 'reviews', 'high', null, 'no-bypass no.']],
    )
    assert.deepEqual(skips, [])
  })

  it('never takes what is unknown for granted', () => {
    const { findings, skips } = evaluated(
      withProtection(approved, inspected(guarantee('check-pinned', 'unknown'))),
    )

    assert.deepEqual(findings, [])
    assert.deepEqual(skips, [{ path: null, reason: 'check-pinned unknown. Repair it.', blocks: true }])
  })

  it('blocks where the rules were not read at all', () => {
    const { skips } = evaluated(withProtection(approved, { kind: 'unread', branch: 'main' }))

    assert.deepEqual(
      skips.map(({ blocks }) => blocks),
      [true],
    )
  })

  it('finds once what two checks of a branch share, and twice what each has of its own', () => {
    const inspection = {
      branch: 'main',
      guarantees: [guarantee('check-required', 'no'), guarantee('force-push-blocked', 'no')],
    }
    const inspections = ['portcullis', 'portcullis-production'].map((check) => ({ check, inspection }))

    const { findings } = evaluated(withProtection(approved, { kind: 'inspected', inspections }))

    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['protection/check-required', 'protection/force-push-blocked', 'protection/check-required'],
    )
  })
})
