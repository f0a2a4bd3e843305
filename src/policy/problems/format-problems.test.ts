import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { loadPolicy } from '../load-policy.ts'
import { formatProblems } from './format-problems.ts'

describe('formatProblems', () => {
  it('shows the line, a caret, what was meant, and what it contradicts', () => {
    const text = 'gates:\n  iac:\n    fail_on: never\n  secrets:\n    waivable: true\n'
    const organisation = 'gates:\n  iac: { fail_on: medium }'

    assert.equal(
      formatProblems(problemsOf(text, organisation)),
      `.github/portcullis.yml:3:14  error  gates.iac.fail_on: never is weaker than the organisation’s medium; from weak to strict: never, critical, error, high, medium, low
  3 |     fail_on: never
    |              ^^^^^
    = organisation policy: acme/.github portcullis.yml:2
`,
    )
    assert.equal(
      formatProblems(problemsOf('gates:\n  iac:\n    fail_no: any\n')),
      `.github/portcullis.yml:3:5  error  unknown key "fail_no" in gates.iac – did you mean "fail_on"?
  3 |     fail_no: any
    |     ^^^^^^^
`,
    )
  })

  it('shows no token that somebody pasted, wherever it stands', () => {
    const token = `ghp_${'a1B2c3'.repeat(6)}`
    for (const text of [
      `token: ${token}`,
      `${token}: x`,
      `mode: ${token}`,
      `baseline: /${token}`,
      `mode: [${token}`,
      `mode: *${token}`,
      `mode: !<${token}> x`,
      `extends: [${token}]`,
      `gitops: { production: [/${token}] }`,
      `commands: { waive: ["@${token}"] }`,
      `waivers: { active: [{ rule: ${token} }] }`,
    ]) {
      const shown = formatProblems(problemsOf(text))

      assert.ok(shown.length > 0)
      assert.ok(!shown.includes(token.slice(0, 12)), shown)
    }
  })

  it('shows no control or bidirectional character', () => {
    const shown = formatProblems(problemsOf('mode: "x\u202ey" # \u009b2J\n'))

    assert.doesNotMatch(shown, /[\u0080-\u009f\u202e]/)
  })

  it('shows a part of a long line, with the caret under its place', () => {
    const [, line = '', caret = ''] = formatProblems(problemsOf(`${' '.repeat(500)}mod: off`)).split('\n')

    assert.ok(line.length < 120)
    assert.equal(line.indexOf('mod'), caret.indexOf('^^^'))
  })

  it('puts errors before warnings, and counts what it leaves out', () => {
    const many = problemsOf(Array.from({ length: 60 }, (_, index) => `unknown_${index}: 1`).join('\n'))

    assert.match(formatProblems(many), /and 10 more\n$/)
  })
})

function problemsOf(text: string, organisation: string | null = null) {
  const loaded = loadPolicy({
    repository: { path: '.github/portcullis.yml', oid: null, text },
    organisation:
      organisation === null ? null : { repository: 'acme/.github', oid: null, text: organisation },
  })
  return loaded.kind === 'invalid' ? loaded.problems : loaded.warnings
}
