import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { policyWith } from '../testing/policy.ts'
import { loadPolicy } from './load-policy.ts'
import type { LoadedPolicy } from './load-policy.ts'
import { policyKeys } from './policy-file.ts'
import { valueAt } from './problems/issue.ts'

const path = '.github/portcullis.yml'
const [oid, otherOid] = ['a'.repeat(40), 'b'.repeat(40)]
const today = '2026-11-25'

/** Each key with another value than its default. */
const full = `
version: 1
extends: [recommended]
mode: evaluate
evaluate_until: 2027-01-15
branches:
  - name: live
    match: [main, "hotfix/*"]
    check: gate
  - { name: staging, match: [staging], check: gate-staging }
report: { waiting: in_progress, comment: always, annotations: 10 }
gitops:
  engine: flux
  repository: https://git.example/shop/fleet.git
  deploy_branches: [main, staging]
  control_plane_namespaces: [flux-system]
  platform_projects: [base]
  multi_tenant: true
  production: ["fleet/live/**"]
  allowed_sources: ["https://git.example/shop/*"]
  allowed_registries: ["registry.example/shop/"]
  kubernetes: "1.33"
  tenants:
    cart: { paths: ["teams/cart/**"], namespaces: ["cart-*"], projects: [cart], secret_prefix: cart/ }
gates:
  secrets:
    fail_on: high-confidence
    include: ["fleet/**"]
    exclude: ["fleet/samples/**"]
    max_blob: 512KiB
    oversize: warn
    waivable: true
    custom:
      - id: custom/shop-key
        title: Shop key
        pattern: 'shop-[0-9]{8}'
        keywords: [shop-]
        examples: { match: [shop-00000000], ignore: [shop-keeper] }
  iac:
    fail_on: low
    scope: all
    unrendered: block
    rules:
      k8s/host-network: { severity: low }
      k8s/latest-tag: { off: our registry has no tags that move }
    custom:
      - { id: custom/owner, title: Has an owner, kinds: [Service], deny: "true", severity: high, remediation: Name an owner. }
  signatures:
    require: head
    accept: [ssh]
    trust: security/trust.yml
    bind: committer-and-author
    since: ${'c'.repeat(40)}
  reviews:
    requirements:
      - { name: anybody, count: 2, by: [write, kim] }
      - name: live
        if: { paths: [~PRODUCTION, "infra/**"], weakens: true }
        all:
          - { count: 1, by: ["@shop/sre"] }
          - any: [{ count: 1, by: [codeowners] }, { count: 1, by: [admin] }]
    author_counts: true
    contributor_counts: true
    distinct: true
    stale: always
    bots: { may_approve: true }
protection: { fail_on_drift: true, require_check: false, no_force_push: false, bypass_actors: [release-bot] }
baseline: security/baseline.json
waivers:
  max_days: 30
  grant: ["@shop/security"]
  active:
    - { rule: k8s/host-network, reason: the proxy needs it, granted_by: robin, granted: 2026-11-20, expires: 2026-12-10 }
commands: { rescan: read, waive: ["@shop/leads"], explain: admin }
limits: { timeout: 90s, files: 1, commits: 2, yaml_nodes: 3, yaml_depth: 4, render_timeout: 500ms }
policy_changes: { count: 2, by: ["@shop/security"] }
`

describe('loadPolicy', () => {
  for (const [name, text] of [
    ['no file', null],
    ['an empty file', ''],
    ['a file of comments', '# nothing yet\n'],
    ['a file that says only what it builds on', 'extends: [recommended]'],
    ['empty sections', 'gates: { secrets: {}, reviews: { bots: {} } }\nlimits: {}'],
  ] as const) {
    it(`gives the recommended policy for ${name}`, () => {
      const { policy } = valid(text)

      assert.deepEqual(policy, policyWith())
    })
  }

  it('reads every key', () => {
    const { policy } = valid(full)

    for (const key of policyKeys.keys())
      if (key !== 'version')
        assert.notDeepEqual(valueAt(policy, key.split('.')), valueAt(policyWith(), key.split('.')), key)
    assert.equal(policy.limits.timeout, 90_000)
    assert.equal(policy.gates.secrets.max_blob, 512 * 1024)
    assert.deepEqual(policy.gates.iac.rules['k8s/latest-tag'], {
      off: 'our registry has no tags that move',
      until: null,
    })
    assert.deepEqual(policy.waivers.active[0]?.paths, ['**'])
    assert.deepEqual(policy.gates.reviews.requirements[1], {
      name: 'live',
      if: { paths: ['fleet/live/**', 'infra/**'], weakens: true },
      all: [
        { count: 1, by: ['@shop/sre'] },
        {
          any: [
            { count: 1, by: ['codeowners'] },
            { count: 1, by: ['admin'] },
          ],
        },
      ],
    })
  })

  it('has each default where a key of it alone is left out', () => {
    for (const key of policyKeys.keys()) {
      const section = key
        .split('.')
        .slice(0, -1)
        .reduceRight<unknown>((inner, name) => ({ [name]: inner }), {})
      const { policy } = valid(JSON.stringify(section))

      assert.deepEqual(valueAt(policy, key.split('.')), valueAt(policyWith(), key.split('.')), key)
    }
  })

  it('knows the source of every value', () => {
    const { sources, origins } = valid(
      'gates:\n  iac:\n    fail_on: low\n',
      'gates:\n  secrets: { oversize: block }',
    )

    assert.deepEqual(sources, [
      'preset:recommended',
      `acme/.github:portcullis.yml@${otherOid}`,
      `${path}@${oid}`,
    ])
    assert.deepEqual(origins.get('gates.iac.fail_on'), { source: `${path}@${oid}`, line: 3 })
    assert.deepEqual(origins.get('gates.secrets.oversize'), { source: sources[1], line: 2 })
    assert.deepEqual(origins.get('gates.secrets.fail_on'), { source: 'preset:recommended', line: null })
    for (const key of policyKeys.keys()) assert.ok(origins.has(key), key)
  })

  it('knows the source of every entry that files add', () => {
    const { origins } = valid(
      'branches:\n  - { name: two, match: [two], check: two }\n',
      'branches: [{ name: one, match: [one], check: one }]\ngates: { iac: { rules: { k8s/a: { severity: high } } } }',
    )

    assert.equal(origins.get('branches[0]')?.source, `acme/.github:portcullis.yml@${otherOid}`)
    assert.deepEqual(origins.get('branches[1]'), { source: `${path}@${oid}`, line: 2 })
    assert.equal(origins.get('gates.iac.rules.k8s/a')?.line, 2)
  })

  it('has the same digest for the same policy, and another for another', () => {
    const one = valid('report: { annotations: 5 }\nmode: enforce')
    const same = valid('mode: enforce\nreport:\n  annotations: 5')
    const other = valid('report: { annotations: 6 }')

    assert.match(one.digest, /^sha256:[\da-f]{64}$/)
    assert.equal(one.digest, same.digest)
    assert.notEqual(one.digest, other.digest)
  })

  it('lays gitops-strict over the defaults', () => {
    const { policy, sources } = valid('extends: [gitops-strict]\ngitops: { production: ["live/**"] }')

    assert.deepEqual(sources, ['preset:recommended', 'preset:gitops-strict', `${path}@${oid}`])
    assert.equal(policy.gates.signatures.require, 'every-commit')
    assert.equal(policy.gates.iac.fail_on, 'medium')
    assert.equal(policy.gates.iac.unrendered, 'block')
    assert.equal(policy.protection.fail_on_drift, true)
    assert.deepEqual(policy.gates.reviews.requirements, [
      { name: 'everything', if: null, count: 1, by: ['write'] },
      { name: 'gitops-production', if: { paths: ['live/**'] }, count: 2, by: ['write'] },
    ])
  })

  it('asks nobody for production where no path is production', () => {
    const { policy } = valid('extends: [gitops-strict]')

    assert.deepEqual(policy.gates.reviews.requirements[1]?.if, { paths: [] })
  })

  it('reads a shared file, and is not valid without it', () => {
    const name = 'acme/policies//strict.yml@v1'
    const input = { organisation: null, repository: { path, oid, text: `extends: ["${name}"]` } }

    const read = loadPolicy({
      ...input,
      extended: new Map([[name, { oid: otherOid, text: 'gates: { iac: { fail_on: low } }' }]]),
    })
    const missing = loadPolicy(input)

    assert.ok(read.kind === 'valid')
    assert.equal(read.effective.policy.gates.iac.fail_on, 'low')
    assert.deepEqual(read.effective.sources[1], `acme/policies:strict.yml@${otherOid}`)
    assert.ok(missing.kind === 'invalid')
    assert.match(missing.problems[0]?.message ?? '', /could not be read/)
  })

  it('refuses a chain of shared files', () => {
    const name = 'acme/policies//strict.yml@v1'
    const extended = new Map([[name, { oid: otherOid, text: 'extends: ["evil/x//y.yml@z"]' }]])

    const loaded = loadPolicy({
      organisation: null,
      repository: { path, oid, text: `extends: ["${name}"]` },
      extended,
    })

    assert.ok(loaded.kind === 'invalid')
    assert.equal(loaded.problems[0]?.file, 'acme/policies strict.yml')
  })

  it('is not valid where one of the two files is not', () => {
    const loaded = load('mode: enforce', 'gates: nonsense')

    assert.ok(loaded.kind === 'invalid')
    assert.equal(loaded.problems[0]?.owner, 'organisation')
  })

  it('refuses a check that rules of two files share', () => {
    const loaded = load(
      'branches: [{ name: b, match: [b], check: x }]',
      'branches: [{ name: a, match: [a], check: x }]',
    )

    assert.ok(loaded.kind === 'invalid')
    assert.match(loaded.problems[0]?.message ?? '', /share the check "x"/)
  })

  it('never throws, and never takes an unknown key', () => {
    const words = 'gates secrets fail_on any mode off branches name x 1'.split(' ')
    const marks = [
      ': ',
      '\n',
      '  ',
      '- ',
      '&a ',
      '*a',
      '<<: ',
      '[',
      ']',
      '{',
      '}',
      '|',
      '"',
      '---\n',
      '!!str ',
      '\t',
      '\uFEFF',
    ]
    const piece = fc.constantFrom(...words, ...marks)
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const loaded = load(pieces.join(''))

        if (loaded.kind === 'invalid') assert.ok(loaded.problems.some(({ level }) => level === 'error'))
      }),
    )
  })
})

function load(text: string | null, organisation: string | null = null): LoadedPolicy {
  return loadPolicy({
    repository: text === null ? null : { path, oid, text },
    organisation:
      organisation === null ? null : { repository: 'acme/.github', oid: otherOid, text: organisation },
    today,
  })
}

function valid(text: string | null, organisation: string | null = null) {
  const loaded = load(text, organisation)
  if (loaded.kind === 'invalid') throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return loaded.effective
}
