import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import { loadPolicy } from './load-policy.ts'
import { policyKeys } from './policy-file.ts'

interface Case {
  /** Dotted path; what the organisation says; what a repository may say after it; what it may not. */
  readonly key: string
  readonly floor: unknown
  readonly stricter: readonly unknown[]
  readonly weaker: readonly unknown[]
}

const one = { name: 'one', match: ['one'], check: 'one' }
const two = { name: 'two', match: ['two'], check: 'two' }
const base = { name: 'base', count: 1, by: ['maintain', '@acme/a'] }
const tenant = { paths: ['a/**'], namespaces: ['a'], projects: [], secret_prefix: null }
const pattern = { id: 'custom/a', title: 'a', pattern: 'a+' }
const cel = { id: 'custom/b', title: 'b', kinds: ['Pod'], deny: 'true', severity: 'low', remediation: 'Do.' }
const flag = (key: string, strict: boolean): Case[] => [
  { key, floor: strict, stricter: [strict], weaker: [!strict] },
  { key, floor: !strict, stricter: [strict, !strict], weaker: [] },
]
const oid = 'c'.repeat(40)
const waiver = { rule: 'k8s/a', reason: 'r', granted_by: 'kim', granted: '2026-11-20', expires: '2026-11-30' }

const cases: readonly Case[] = [
  { key: 'version', floor: 1, stricter: [1], weaker: [] },
  { key: 'mode', floor: 'enforce', stricter: ['enforce'], weaker: ['evaluate', 'off'] },
  {
    key: 'evaluate_until',
    floor: '2027-01-10',
    stricter: ['2027-01-10', '2026-12-01'],
    weaker: ['2027-01-11'],
  },
  {
    key: 'branches',
    floor: [one],
    stricter: [[one], [two], [{ ...one, match: ['one', 'more'] }]],
    weaker: [[{ ...one, match: ['two'] }], [two, { ...one, check: 'other' }]],
  },
  { key: 'report.waiting', floor: 'in_progress', stricter: ['action_required'], weaker: [] },
  { key: 'report.comment', floor: 'always', stricter: ['never'], weaker: [] },
  { key: 'report.annotations', floor: 50, stricter: [0, 100], weaker: [] },
  { key: 'gitops.engine', floor: 'flux', stricter: ['argocd'], weaker: [] },
  { key: 'gitops.repository', floor: 'https://a', stricter: ['https://b'], weaker: [] },
  { key: 'gitops.deploy_branches', floor: ['a'], stricter: [['a', 'b']], weaker: [['b'], null] },
  { key: 'gitops.control_plane_namespaces', floor: ['a'], stricter: [['a', 'b']], weaker: [[], ['b']] },
  { key: 'gitops.platform_projects', floor: ['a', 'b'], stricter: [['a'], []], weaker: [['a', 'c']] },
  { key: 'gitops.multi_tenant', floor: 'auto', stricter: [true, 'auto'], weaker: [false] },
  { key: 'gitops.production', floor: ['a/**'], stricter: [['a/**', 'b/**']], weaker: [[], ['b/**']] },
  {
    key: 'gitops.allowed_sources',
    floor: ['https://git.example/acme/*'],
    stricter: [['https://git.example/acme/*'], ['https://git.example/acme/deploy']],
    weaker: [[], ['*'], ['https://git.example/acme/**'], ['https://git.example/other/x']],
  },
  {
    key: 'gitops.allowed_registries',
    floor: ['ghcr.io/acme/'],
    stricter: [['ghcr.io/acme/shop/']],
    weaker: [[], ['ghcr.io/'], ['docker.io/acme/'], ['ghcr.io/acme/../evil/']],
  },
  { key: 'gitops.kubernetes', floor: '1.33', stricter: ['1.32'], weaker: [] },
  {
    key: 'gitops.tenants',
    floor: { a: tenant },
    stricter: [{ a: tenant }, { b: tenant }],
    weaker: [{ a: { ...tenant, namespaces: ['*'] } }],
  },
  {
    key: 'gates.secrets.fail_on',
    floor: 'high-confidence',
    stricter: ['any', 'high-confidence'],
    weaker: ['never'],
  },
  { key: 'gates.secrets.include', floor: ['a/**'], stricter: [['**'], ['a/**', 'b/**']], weaker: [['b/**']] },
  {
    key: 'gates.secrets.exclude',
    floor: ['a/**'],
    stricter: [[], ['a/**']],
    weaker: [['b/**'], ['a/**', 'b/**']],
  },
  {
    key: 'gates.secrets.max_blob',
    floor: '1MiB',
    stricter: ['1MiB', '1024KiB', '1GiB'],
    weaker: ['1023KiB'],
  },
  { key: 'gates.secrets.oversize', floor: 'block', stricter: ['block'], weaker: ['warn'] },
  ...flag('gates.secrets.waivable', false),
  {
    key: 'gates.secrets.custom',
    floor: [pattern],
    stricter: [[], [pattern], [{ ...pattern, id: 'custom/z' }]],
    weaker: [[{ ...pattern, pattern: 'b' }]],
  },
  {
    key: 'gates.iac.fail_on',
    floor: 'high',
    stricter: ['high', 'medium', 'low'],
    weaker: ['error', 'critical', 'never'],
  },
  { key: 'gates.iac.scope', floor: 'all', stricter: ['all'], weaker: ['changed'] },
  { key: 'gates.iac.unrendered', floor: 'block', stricter: ['block'], weaker: ['warn'] },
  {
    key: 'gates.iac.rules',
    floor: { 'k8s/a': { severity: 'high' }, 'k8s/b': { off: 'x', until: '2027-01-01' } },
    stricter: [
      { 'k8s/a': { severity: 'critical' } },
      { 'k8s/b': { off: 'y', until: '2026-12-31' } },
      { 'k8s/b': { severity: 'info' } },
      { 'k8s/c': { severity: 'high' } },
    ],
    weaker: [
      { 'k8s/a': { severity: 'medium' } },
      { 'k8s/a': { off: 'x' } },
      { 'k8s/b': { off: 'x' } },
      { 'k8s/c': { off: 'x' } },
      { 'k8s/c': { severity: 'low' } },
    ],
  },
  {
    key: 'gates.iac.custom',
    floor: [cel],
    stricter: [[{ ...cel, id: 'custom/z' }]],
    weaker: [[{ ...cel, deny: 'false' }]],
  },
  { key: 'gates.signatures.require', floor: 'head', stricter: ['head', 'every-commit'], weaker: ['never'] },
  {
    key: 'gates.signatures.accept',
    floor: ['ssh', 'x509'],
    stricter: [['ssh']],
    weaker: [['ssh', 'openpgp']],
  },
  { key: 'gates.signatures.trust', floor: 'a.yml', stricter: ['a.yml'], weaker: ['b.yml'] },
  {
    key: 'gates.signatures.bind',
    floor: 'committer-and-author',
    stricter: ['committer-and-author'],
    weaker: ['committer'],
  },
  { key: 'gates.signatures.since', floor: oid, stricter: [oid, null], weaker: ['d'.repeat(40)] },
  {
    key: 'gates.reviews.requirements',
    floor: [base],
    stricter: [
      [],
      [{ ...base, count: 2 }],
      [{ ...base, by: ['admin'] }],
      [{ ...base, name: 'other', count: 0 }],
    ],
    weaker: [
      [{ ...base, count: 0 }],
      [{ ...base, by: ['write'] }],
      [{ ...base, by: ['kim'] }],
      [{ ...base, if: { paths: ['a'] } }],
    ],
  },
  ...flag('gates.reviews.author_counts', false),
  ...flag('gates.reviews.contributor_counts', false),
  ...flag('gates.reviews.distinct', true),
  {
    key: 'gates.reviews.stale',
    floor: 'changed-content',
    stricter: ['changed-content', 'always'],
    weaker: ['never'],
  },
  ...flag('gates.reviews.bots.may_approve', false),
  ...flag('protection.fail_on_drift', true),
  ...flag('protection.require_check', true),
  ...flag('protection.no_force_push', true),
  { key: 'protection.bypass_actors', floor: ['a'], stricter: [[], ['a']], weaker: [['a', 'b']] },
  { key: 'baseline', floor: 'a.json', stricter: ['a.json'], weaker: ['b.json'] },
  { key: 'waivers.max_days', floor: 30, stricter: [30, 1], weaker: [31] },
  { key: 'waivers.grant', floor: [], stricter: [[], ['admin']], weaker: [['@acme/all'], ['write']] },
  {
    key: 'waivers.grant',
    floor: ['@acme/sec'],
    stricter: [['@acme/sec']],
    weaker: [[], ['@acme/sec', 'kim']],
  },
  {
    key: 'waivers.active',
    floor: [waiver],
    stricter: [[], [waiver], [{ ...waiver, rule: 'k8s/b' }]],
    weaker: [],
  },
  ...['rescan', 'waive', 'explain'].map((name) => ({
    key: `commands.${name}`,
    floor: 'write',
    stricter: ['write', 'maintain', 'admin'],
    weaker: ['read', 'triage', ['kim']],
  })),
  { key: 'commands.waive', floor: ['kim', 'lee'], stricter: [['lee']], weaker: ['admin', ['kim', 'robin']] },
  { key: 'limits.timeout', floor: '1m', stricter: ['1m', '59s'], weaker: ['61s'] },
  ...['files', 'commits', 'yaml_nodes', 'yaml_depth'].map((name) => ({
    key: `limits.${name}`,
    floor: 10,
    stricter: [10, 9],
    weaker: [11],
  })),
  { key: 'limits.render_timeout', floor: '1s', stricter: ['999ms'], weaker: ['1001ms'] },
  { key: 'policy_changes.count', floor: 2, stricter: [2, 3], weaker: [1] },
  {
    key: 'policy_changes.by',
    floor: ['maintain', 'kim'],
    stricter: [['kim'], ['admin']],
    weaker: [['write'], ['lee']],
  },
]

describe('a later file', () => {
  it('has a case here for every key', () => {
    assert.deepEqual(new Set(cases.map(({ key }) => key)), new Set(policyKeys.keys()))
  })

  for (const { key, floor, stricter, weaker } of cases) {
    for (const value of stricter)
      it(`may say ${key}: ${JSON.stringify(value)} after ${JSON.stringify(floor)}`, () => {
        const loaded = load(key, floor, value)

        assert.ok(loaded.kind === 'valid', loaded.kind === 'invalid' ? loaded.problems[0]?.message : '')
      })
    for (const value of weaker)
      it(`may not say ${key}: ${JSON.stringify(value)} after ${JSON.stringify(floor)}`, () => {
        const loaded = load(key, floor, value)

        assert.ok(loaded.kind === 'invalid')
        assert.equal(loaded.problems[0]?.owner, 'repository')
        assert.equal(loaded.problems[0].against, 'organisation policy: acme/.github portcullis.yml:1')
      })
  }
})

function load(key: string, floor: unknown, value: unknown) {
  // JSON is YAML, and leaves no doubt about what a value is.
  return loadPolicy(files(JSON.stringify(nested(key, floor)), JSON.stringify(nested(key, value))))
}

function nested(key: string, value: unknown): unknown {
  return key.split('.').reduceRight((inner, name) => ({ [name]: inner }), value)
}

function files(organisation: string, repository: string) {
  return {
    organisation: { repository: 'acme/.github', oid, text: organisation },
    repository: { path: '.github/portcullis.yml', oid, text: repository },
  }
}
