import type { Verdict } from '../model/verdict.ts'
import { gateWith, oidOf, verdictFindingWith, verdictOn, verdictWith } from './verdict-with.ts'

/** A token that a later commit removed; the preview is what `Redacted` shows. */
const secret = verdictFindingWith({
  rule: 'secrets/github-personal-access-token',
  gate: 'secrets',
  severity: 'critical',
  title: 'GitHub personal access token',
  message:
    'A GitHub personal access token with a valid checksum; added in 8c0de1f2 and removed again, but still in the history.',
  remediation:
    'Revoke the token at https://github.com/settings/tokens, then issue a new one outside of git. Then rewrite the branch without 8c0de1f2 and force-push it.',
  path: 'scripts/sync.sh',
  startLine: 12,
  startColumn: 7,
  endLine: 12,
  endColumn: 47,
  commit: oidOf('8c0de1f2'),
  inHistoryOnly: true,
  places: [{ path: 'scripts/old-sync.sh', startLine: 3, commit: oidOf('1d77a02'), side: 'head' }],
  fingerprint: '4be1'.repeat(8),
  preview: 'ghp_… (40 characters)',
})

const project = verdictFindingWith({
  rule: 'argocd/project-allows-any-destination',
  severity: 'critical',
  title: 'Project deploys anywhere',
  message: 'AppProject argocd/shop allows any namespace of any cluster.',
  remediation: 'List the clusters and namespaces that the team deploys to under spec.destinations.',
  path: 'projects/shop.yaml',
  startLine: 9,
  startColumn: 18,
  endLine: 9,
  endColumn: 21,
  resource: 'argoproj.io/v1alpha1 AppProject argocd/shop',
  fingerprint: 'c39a'.repeat(8),
})

const noLimit = verdictFindingWith({
  rule: 'k8s/no-memory-limit',
  severity: 'low',
  title: 'No memory limit',
  message: 'Container api of Deployment shop/api has no memory limit: one leak evicts its neighbours.',
  remediation: 'Set resources.limits.memory.',
  path: 'apps/api/deployment.yaml',
  startLine: 41,
  startColumn: 11,
  endLine: 52,
  endColumn: 4,
  fingerprint: '77d0'.repeat(8),
  blocks: false,
})

const old = {
  ...noLimit,
  path: 'apps/legacy/deployment.yaml',
  fingerprint: '0001',
  status: 'baseline' as const,
}
const excused = {
  ...project,
  path: 'projects/legacy.yaml',
  fingerprint: '0002',
  status: 'waived' as const,
  blocks: false,
}

const unbuilt = {
  gate: 'iac' as const,
  reason: 'charts and overlays are not built by this version',
  blocks: false,
}

const policyMistakes = `.github/portcullis.yml:14:5  error  unknown key "severty" in gates.iac – did you mean "severity"?
  14 |     severty: high
     |     ^^^^^^^

.github/portcullis.yml:31:7  error  "count" must be a whole number from 0 to 10, found "two"
  31 |       count: two
     |              ^^^
`

const missing = { requirement: 'production', needs: 2, has: 1, who: ['kim', 'mona', 'octo-sre', 'sam'] }

/** One of each kind, as a person meets them. What the texts of report/ are reviewed on. */
export const verdicts = {
  pass: verdictWith(),

  /** Three findings in two gates; the rest is excused or was not looked at. */
  fail: verdictOn([secret, project, noLimit, old, excused], {
    waiting: [missing],
    skips: [
      { ...unbuilt, path: 'charts/api/Chart.yaml' },
      { ...unbuilt, path: 'overlays/prod/kustomization.yaml' },
    ],
  }),

  /** The same, found when it had been pushed: there are no reviews to wait for. */
  push: pushed(verdictOn([secret, project, noLimit])),

  waiting: verdictWith({
    outcome: 'waiting',
    gates: verdictWith().gates.map((gate) =>
      gate.gate === 'reviews'
        ? { ...gate, outcome: 'waiting', lookedAt: '1 of 2 approvals on 8c0de1f' }
        : gate,
    ),
    waiting: [missing],
  }),

  /** The policy on the base branch has two mistakes. */
  error: verdictWith({
    subject: {
      kind: 'range',
      base: oidOf('a91be77'),
      mergeBase: null,
      head: oidOf('8c0de1f'),
      commits: 0,
      files: 0,
      bytes: 0,
    },
    policy: { digest: 'none', sources: [] },
    outcome: 'error',
    gates: (['secrets', 'iac', 'signatures', 'reviews'] as const).map((gate) =>
      gateWith({ gate, outcome: 'not-evaluated', lookedAt: 'the change could not be judged', ms: 0 }),
    ),
    skips: [{ gate: 'policy', path: '.github/portcullis.yml', reason: policyMistakes, blocks: true }],
  }),

  /** One file could not be read; everything else was judged. */
  unreadable: verdictWith({
    outcome: 'error',
    gates: verdictWith().gates.map((gate) =>
      gate.gate === 'secrets' ? { ...gate, outcome: 'error' } : gate,
    ),
    skips: [
      {
        gate: 'secrets',
        path: 'charts/big.tgz',
        reason: 'larger than gates.secrets.max_blob (10 MiB)',
        blocks: true,
      },
    ],
  }),
} satisfies Record<string, Verdict>

function pushed(verdict: Verdict): Verdict {
  const gates = verdict.gates.map((gate) =>
    gate.gate === 'reviews'
      ? { ...gate, outcome: 'not-evaluated' as const, lookedAt: 'no pull request' }
      : gate,
  )
  return { ...verdict, gates }
}
