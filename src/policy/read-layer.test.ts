import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { readLayer } from './read-layer.ts'

describe('readLayer', () => {
  for (const [name, text, place, message, suggestion = null] of [
    ['an unknown key', 'gates:\n  secret: {}', '2:3-2:9', 'unknown key "secret" in gates', 'secrets'],
    ['an unknown key at the top', 'mod: enforce', '1:1-1:4', 'unknown key "mod"', 'mode'],
    ['an unknown key like none', 'colour: red', '1:1-1:7', 'unknown key "colour"'],
    [
      'an unknown key of a list’s entry',
      'branches:\n- { nam: a, match: [a], check: a }',
      '2:5-2:8',
      'unknown key "nam" in branches[0]',
      'name',
    ],
    ['a key that an object cannot have', '__proto__: { a: 1 }', '1:1-1:10', 'unknown key "__proto__"'],
    ['a merge key', '<<: { mode: off }', '1:1-1:2', 'unknown key "<<"'],
    [
      'a value that there is not',
      'mode: enfroce',
      '1:7-1:14',
      'mode: must be one of enforce, evaluate, off, found "enfroce"',
      'enforce',
    ],
    [
      'another kind of value',
      'gates: { iac: { rules: [] } }',
      '1:17-1:22',
      'gates.iac.rules: must be a mapping, found a list',
    ],
    ['a section that is empty', 'gates:', '1:1-1:6', 'gates: must be a mapping, found nothing'],
    ['a version to come', 'version: 2', '1:10-1:11', 'version: must be 1, found 2'],
    [
      'a duration without its unit',
      'limits: { timeout: 5 }',
      '1:20-1:21',
      'limits.timeout: must be a duration such as 30s, 5m or 1h',
    ],
    [
      'a duration that is too long',
      'limits: { timeout: 2h }',
      '1:20-1:22',
      'limits.timeout: must be at most 1h',
    ],
    [
      'a size in a unit of two meanings',
      'gates: { secrets: { max_blob: 10MB } }',
      '1:31-1:35',
      'gates.secrets.max_blob: must be a size such as 512KiB, 10MiB or 1GiB',
    ],
    [
      'a day that there is not',
      'evaluate_until: 2027-02-30',
      '1:17-1:27',
      'evaluate_until: is not a day of the calendar',
    ],
    [
      'a version that YAML reads as a number',
      'gitops: { kubernetes: 1.30 }',
      '1:23-1:27',
      'gitops.kubernetes: must be text, so write it in quotes: "1.34"',
    ],
    [
      'neither of two kinds',
      'gitops: { multi_tenant: maybe }',
      '1:25-1:30',
      'gitops.multi_tenant: must be auto or true or false, found "maybe"',
    ],
    [
      'neither a role nor people',
      'commands: { waive: wrte }',
      '1:20-1:24',
      'commands.waive: must be one of read, triage, write, maintain, admin or a list, found "wrte"',
      'write',
    ],
    [
      'people of one kind that are wrong',
      'commands: { waive: ["@x"] }',
      '1:22-1:24',
      'commands.waive[0]: is a team without its organisation, or a user; write @ORGANISATION/TEAM or a login',
    ],
    [
      'a glob that begins with a slash',
      'gitops: { production: [/a] }',
      '1:24-1:26',
      'gitops.production[0]: begins with "/", and no path does; leave it out',
    ],
    [
      'a glob that is not closed',
      'gitops: { production: ["{a,b"] }',
      '1:25-1:29',
      'gitops.production[0]: has a "{", "[" or "(" that is not closed; write a backslash before one that is meant so',
    ],
    [
      'an unknown name of branches',
      'branches: [{ name: a, match: [~DEFAULT], check: a }]',
      '1:31-1:39',
      'branches[0].match[0]: names something unknown; the only name with "~" is ~DEFAULT_BRANCH',
      '~DEFAULT_BRANCH',
    ],
    [
      'two rules with one check',
      'branches:\n- { name: a, match: [a], check: c }\n- { name: b, match: [b], check: c }',
      '3:33-3:34',
      'branches[1].check: two branch rules share the check "c"',
    ],
    ['no branch rule', 'branches: []', '1:1-1:9', 'branches: must be at least 1 entry long'],
    [
      'a requirement of nobody',
      'gates: { reviews: { requirements: [{ name: a, count: 1, by: [] }] } }',
      '1:57-1:59',
      'gates.reviews.requirements[0].by: must be at least 1 entry long',
    ],
    [
      'an empty requirement',
      'gates: { reviews: { requirements: [{ name: a }] } }',
      '1:36-1:37',
      'gates.reviews.requirements[0]: needs exactly one of: "count" with "by", "any", "all", "none"',
    ],
    [
      'a requirement of two forms',
      'gates: { reviews: { requirements: [{ name: a, count: 1, by: [b], all: [{ count: 1, by: [b] }] }] } }',
      '1:36-1:37',
      'gates.reviews.requirements[0]: needs exactly one of: "count" with "by", "any", "all", "none"',
    ],
    [
      'a negative count, deep inside',
      'gates: { reviews: { requirements: [{ name: a, any: [{ count: -1, by: [b] }] }] } }',
      '1:62-1:64',
      'gates.reviews.requirements[0].any[0].count: must be at least 0',
    ],
    [
      'an approver who can be nobody',
      'policy_changes: { by: [kim lee] }',
      '1:24-1:31',
      'policy_changes.by[0]: must be a login, @ORGANISATION/TEAM, a role (write, maintain, admin) or codeowners',
    ],
    [
      'a role that may not approve',
      'policy_changes: { by: [read] }',
      '1:24-1:28',
      'policy_changes.by[0]: people with read cannot approve at GitHub; use write, maintain or admin',
    ],
    [
      'a rule that is off and severe',
      'gates: { iac: { rules: { k8s/a: { off: x, severity: low } } } }',
      '1:26-1:31',
      'gates.iac.rules.k8s/a: needs either a severity, or "off" with the reason (and "until")',
    ],
    [
      'a rule id that can be none',
      'gates: { iac: { rules: { K8s: { severity: low } } } }',
      '1:26-1:29',
      'gates.iac.rules.K8s: must be the id of a rule, such as k8s/privileged',
    ],
    [
      'a waiver without its end',
      'waivers: { active: [{ rule: k8s/a, reason: x, granted_by: kim, granted: 2026-01-01 }] }',
      '1:21-1:22',
      'waivers.active[0].expires: is missing',
    ],
    [
      'a path that leaves the repository',
      'baseline: ../x.json',
      '1:11-1:20',
      'baseline: must be a path from the root of the repository, without a leading "/" and without ".."',
    ],
    [
      'a preset that there is not',
      'extends: [recomended]',
      '1:11-1:21',
      'extends[0]: must be a preset (recommended, gitops-strict) or OWNER/REPO//PATH@REF',
      'recommended',
    ],
    ['a list at the top', '- a', '1:1-1:2', 'the file must be a mapping of keys at its top'],
    [
      'a key given twice',
      'mode: off\nmode: off',
      '2:1-2:2',
      'the file is not valid YAML: duplicated mapping key',
    ],
    [
      'a tab',
      'gates:\n\tiac: {}',
      '2:1-2:2',
      'the file is not valid YAML: tab characters must not be used in indentation',
    ],
    [
      'an open bracket',
      'branches: [',
      '1:12-1:13',
      'the file is not valid YAML: unexpected end of the stream within a flow collection',
    ],
    [
      'a second document',
      'mode: off\n---\nversion: 1',
      '3:1-3:2',
      'the file has a second YAML document, and only one is read',
    ],
    ['a place behind a byte order mark', '\uFEFFmod: off', '1:1-1:4', 'unknown key "mod"', 'mode'],
    ['a place in a file with CRLF', 'version: 1\r\nmod: off\r\n', '2:1-2:4', 'unknown key "mod"', 'mode'],
    [
      'a file that is too large',
      `# ${'x'.repeat(1024 * 1024)}`,
      '1:1-1:2',
      'the file is 1048578 bytes long; a policy may have 1048576',
    ],
  ] as const)
    it(`says where ${name} is`, () => {
      const read = readLayer({ owner: 'repository', label: 'p.yml', source: 'p.yml', text })

      assert.ok(read.kind === 'invalid')
      const [problem] = read.problems
      assert.ok(problem)
      const at = `${problem.line}:${problem.column}-${problem.line}:${problem.endColumn}`
      assert.deepEqual([at, problem.message, problem.suggestion], [place, message, suggestion])
    })

  it('reports every mistake of a file, in its order', () => {
    const read = readLayer({
      owner: 'repository',
      label: 'p.yml',
      source: 'p.yml',
      text: 'x: 1\nmode: on\ny: 2\nbaseline: 3',
    })

    assert.ok(read.kind === 'invalid')
    assert.deepEqual(
      read.problems.map(({ line }) => line),
      [1, 2, 3, 4],
    )
  })

  it('takes no bomb of aliases', () => {
    const levels = Array.from({ length: 30 }, (_, n) => `k${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}1]`)

    const read = readLayer({
      owner: 'repository',
      label: 'p.yml',
      source: 'p.yml',
      text: ['k0: &l0 [1]', ...levels].join('\n'),
    })

    assert.ok(read.kind === 'invalid')
    assert.match(read.problems[0]?.message ?? '', /more than 50000 values/)
  })

  it('takes no file that is nested without end', () => {
    const read = readLayer({
      owner: 'repository',
      label: 'p.yml',
      source: 'p.yml',
      text: '['.repeat(100_000),
    })

    assert.equal(read.kind, 'invalid')
  })

  it('reads what an alias shares', () => {
    const text = 'policy_changes: { by: &us ["@acme/a"] }\nwaivers: { grant: *us }'

    const read = readLayer({ owner: 'repository', label: 'p.yml', source: 'p.yml', text })

    assert.ok(read.kind === 'valid')
    assert.deepEqual(read.layer.raw['waivers'], { grant: ['@acme/a'] })
  })
})
