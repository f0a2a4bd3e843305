import type { PatternRule } from '../rule.ts'

export const githubFineGrainedToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/github-fine-grained-token',
  title: 'GitHub fine-grained personal access token',
  severity: 'critical',
  provider: 'GitHub',
  family: 'github-token',
  rationale: `
    It has the permissions that its owner chose, in the repositories that they chose, and these are usually the ones
    that automation writes to.`,
  remediation:
    'Delete the token under Settings, Developer settings, Fine-grained tokens, look for its use in the security log, and put its successor into a secret store.',
  references: [
    'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens#deleting-a-personal-access-token',
  ],
  keywords: ['github_pat_'],
  pattern: 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}',
  examples: {
    fail: (fake) => [`token: ${fake.token('github_pat_', 22)}_${fake.token('', 59)}`],
    pass: (fake) => [
      `see ${fake.token('github_pat_', 22)}`,
      `github_pat_${'x'.repeat(22)}_${'x'.repeat(59)}`,
    ],
  },
}
