import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { loadPolicy } from '../load-policy.ts'

const waiver = (granted: string, expires: string) =>
  `waivers: { active: [{ rule: k8s/a, reason: x, granted_by: kim, granted: ${granted}, expires: ${expires} }] }`

describe('dayProblems', () => {
  for (const [name, text, level, message] of [
    ['off in a repository', 'mode: off', 'error', /only for the organisation/],
    ['evaluate without an end', 'mode: evaluate', 'error', /needs evaluate_until/],
    [
      'an end more than 90 days ahead',
      'mode: evaluate\nevaluate_until: 2027-02-24',
      'error',
      /91 days ahead/,
    ],
    ['an end that has come', 'mode: evaluate\nevaluate_until: 2026-11-25', 'warning', /has come/],
    [
      'a waiver that lasts too long',
      waiver('2026-11-01', '2027-01-31'),
      'error',
      /lasts 91 days; at most 90/,
    ],
    [
      'one that is longer than the file allows',
      `${waiver('2026-11-01', '2026-12-10').slice(0, -1)}, max_days: 30 }`,
      'error',
      /at most 30/,
    ],
    ['one that ends before it begins', waiver('2026-11-02', '2026-11-01'), 'error', /before it is granted/],
    ['one that is granted in the future', waiver('2026-11-27', '2026-12-01'), 'error', /on a day to come/],
    ['one that expired', waiver('2026-11-01', '2026-11-24'), 'warning', /expired/],
    [
      'a rule that is on again',
      'gates: { iac: { rules: { k8s/a: { off: x, until: 2026-11-25 } } } }',
      'warning',
      /on again/,
    ],
  ] as const)
    it(`reports ${name}`, () => {
      const [problem] = problems(text, '2026-11-25')

      assert.equal(problem?.level, level)
      assert.match(problem.message, message)
    })

  for (const [name, text] of [
    ['an end 90 days ahead', 'mode: evaluate\nevaluate_until: 2027-02-23'],
    ['a waiver on its last day', waiver('2026-08-27', '2026-11-25')],
    ['one that is granted where it is tomorrow already', waiver('2026-11-26', '2026-12-01')],
    [
      'a rule that is off until tomorrow',
      'gates: { iac: { rules: { k8s/a: { off: x, until: 2026-11-26 } } } }',
    ],
  ] as const)
    it(`takes ${name}`, () => assert.deepEqual(problems(text, '2026-11-25'), []))

  it('has no opinion about today where it does not know it', () => {
    assert.deepEqual(problems('mode: evaluate\nevaluate_until: 2099-01-01', undefined), [])
  })

  it('lets the organisation turn everything off', () => {
    const loaded = loadPolicy({
      repository: null,
      organisation: { repository: 'acme/.github', oid: null, text: 'mode: off' },
    })

    assert.ok(loaded.kind === 'valid')
    assert.equal(loaded.effective.policy.mode, 'off')
  })

  it('does not let a shared file do so', () => {
    const name = 'a/b//c.yml@d'
    const extended = new Map([[name, { oid: 'e'.repeat(40), text: 'mode: off' }]])
    const organisation = { repository: 'acme/.github', oid: null, text: `extends: ["${name}"]` }

    assert.equal(loadPolicy({ repository: null, organisation, extended }).kind, 'invalid')
  })
})

function problems(text: string, today: string | undefined) {
  const repository = { path: '.github/portcullis.yml', oid: null, text }
  const loaded = loadPolicy({ repository, organisation: null, ...(today === undefined ? {} : { today }) })
  return loaded.kind === 'invalid' ? loaded.problems : loaded.warnings
}
