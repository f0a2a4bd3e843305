import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { fakeTokens } from '../../testing/fake-token.ts'
import { policyWith } from '../../testing/policy.ts'
import { concealSecrets } from './conceal.ts'
import { crc32Base62 } from './evidence/checksum.ts'
import { secrets } from './secrets.ts'

const fake = fakeTokens('conceal')
const token = () => fake.sealed('ghp_', 30, crc32Base62)

describe('concealSecrets', () => {
  const conceal = concealSecrets(policyWith())

  it('leaves a text without secrets as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => conceal(`${text}/a.yaml`) !== ''))
    assert.equal(conceal('apps/größe/\u202ea.yaml'), 'apps/größe/\u202ea.yaml')
  })

  it('shows the preview of a secret, and what stands around it', () => {
    assert.equal(conceal(`é/${token()}/b.yaml`), 'é/ghp_… (40 characters)/b.yaml')
  })

  it('conceals several secrets, and one that is encoded', () => {
    const encoded = fake.base64(token())

    const shown = conceal(`${token()} and ${encoded} and password=${fake.password(18)}`)

    assert.match(
      shown,
      /^ghp_… \(40 characters\) and ghp_… \(40 characters\) and password=\S+… \(18 characters\)$/,
    )
  })

  it('needs no policy', () => assert.equal(concealSecrets(null)(token()), 'ghp_… (40 characters)'))
})

it('keeps no name that holds a secret in what a scan found', () => {
  const name = token()
  const scanner = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: null })

  const scan = scanner.scan({ path: `a/${name}`, bytes: Buffer.from(token()) })

  assert.equal(scan.findings[0]?.path, 'a/ghp_… (40 characters)')
  assert.ok(!JSON.stringify(scan).includes(name.slice(4)))
})
