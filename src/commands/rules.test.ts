import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { catalogue } from '../gates/secrets/catalogue.ts'
import { secrets } from '../gates/secrets/secrets.ts'
import { policyWith } from '../testing/policy.ts'
import { rules } from './rules.ts'

describe('portcullis rules', () => {
  const entries = catalogue()

  it('lists every rule with its severity and title', async () => {
    const text = await print()

    for (const { id, severity, title } of entries)
      assert.match(text, new RegExp(`${id} +${severity} +${title.replaceAll(/[()]/g, '\\$&')}`))
  })

  it('explains one', async () => {
    const [{ rationale, remediation, references }] = entries as [(typeof entries)[number]]
    const text = (await print(entries[0]?.id ?? '')).replaceAll(/\s+/g, ' ')

    for (const part of [rationale, remediation, ...references]) assert.ok(text.includes(part), part)
    assert.match(text, /ghp_… \(40 characters\)/)
  })

  for (const [wrong, meant] of [
    ['secrets/npm-tokn', 'secrets/npm-token'],
    ['npm-token', 'secrets/npm-token'],
  ] as const) {
    it(`asks whether ${wrong} means ${meant}`, () =>
      assert.rejects(print(wrong), { code: 'arguments-invalid', remediation: `Did you mean ${meant}?` }))
  }

  it('says where to look when nothing is near', () =>
    assert.rejects(print('x'), { remediation: 'List the rules with portcullis rules.' }))

  it('refuses two rules', () => assert.rejects(print('a', 'b'), { code: 'arguments-invalid' }))

  it('prints nothing that our own gate would find', async () => {
    const scanner = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: null })
    const pages = await Promise.all(entries.map(({ id }) => print(id)))

    const found = pages.flatMap((page) => scanner.scan({ path: 'a.md', bytes: Buffer.from(page) }).findings)

    assert.deepEqual(
      found.map(({ rule, startLine }) => `${rule} ${startLine}`),
      [],
    )
  })

  async function print(...args: string[]): Promise<string> {
    let text = ''
    const context = { out: (part: string) => (text += part) } as unknown as Parameters<
      ReturnType<typeof rules>['run']
    >[1]
    assert.equal(await rules(entries).run(args, context), 0)
    return text
  }
})
