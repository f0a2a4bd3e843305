import type { Policy } from '../model/policy.ts'

/** The policy of a repository that says nothing, with what the test cares about put in its place. */
export function policyWith(
  given: Partial<Omit<Policy, 'gates'>> & { gates?: Partial<Policy['gates']> } = {},
): Policy {
  return { ...nothingSaid, ...given, gates: { ...nothingSaid.gates, ...given.gates } }
}

const nothingSaid: Policy = {
  version: 1,
  mode: 'enforce',
  evaluate_until: null,
  branches: [{ name: 'default', match: ['~DEFAULT_BRANCH'], check: 'portcullis' }],
  report: { waiting: 'action_required', comment: 'on-problem', annotations: 50 },
  gitops: {
    engine: 'auto',
    repository: null,
    deploy_branches: null,
    control_plane_namespaces: ['argocd', 'flux-system', 'kube-system'],
    platform_projects: [],
    multi_tenant: 'auto',
    production: [],
    allowed_sources: [],
    allowed_registries: [],
    kubernetes: null,
    tenants: {},
  },
  gates: {
    secrets: {
      fail_on: 'any',
      include: ['**'],
      exclude: [],
      max_blob: 10 * 1024 * 1024,
      oversize: 'block',
      waivable: false,
      custom: [],
    },
    iac: { fail_on: 'high', scope: 'changed', unrendered: 'warn', rules: {}, custom: [] },
    signatures: {
      require: 'never',
      accept: ['openpgp', 'ssh', 'x509', 'gitsign'],
      trust: '.github/portcullis/trust.yml',
      bind: 'committer',
      since: null,
    },
    reviews: {
      requirements: [{ name: 'everything', if: null, count: 1, by: ['write'] }],
      author_counts: false,
      contributor_counts: false,
      distinct: false,
      stale: 'changed-content',
      bots: { may_approve: false },
    },
  },
  protection: { fail_on_drift: false, require_check: true, no_force_push: true, bypass_actors: [] },
  baseline: '.github/portcullis/baseline.json',
  waivers: { max_days: 90, grant: [], active: [] },
  commands: { rescan: 'write', waive: 'write', explain: 'read' },
  limits: {
    timeout: 5 * 60_000,
    files: 20_000,
    commits: 5_000,
    yaml_nodes: 2_000_000,
    yaml_depth: 100,
    render_timeout: 15_000,
  },
  policy_changes: { count: 1, by: ['maintain', 'admin'] },
}
