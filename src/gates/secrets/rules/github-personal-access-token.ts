import { crc32Base62 } from '../evidence/checksum.ts'
import type { PatternRule } from '../rule.ts'
import { judgeGitHubToken } from './github-app-token.ts'

export const githubPersonalAccessToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/github-personal-access-token',
  title: 'GitHub personal access token',
  severity: 'critical',
  provider: 'GitHub',
  family: 'github-token',
  rationale: `
    Whoever has it is its owner, in every repository and organisation that its scopes reach. In a repository that a
    cluster is deployed from, write access is the cluster.`,
  remediation:
    'Delete the token under Settings, Developer settings, Personal access tokens, look for its use in the security log, and put its successor into a secret store.',
  references: [
    'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens#deleting-a-personal-access-token',
    'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/',
  ],
  keywords: ['ghp_'],
  pattern: 'ghp_[A-Za-z0-9]{36}',
  judge: judgeGitHubToken,
  examples: {
    fail: (fake) => [
      `GITHUB_TOKEN=${fake.sealed('ghp_', 30, crc32Base62)}`,
      `url: https://x-access-token:${fake.sealed('ghp_', 30, crc32Base62)}@github.com/acme/deploy.git`,
    ],
    pass: (fake) => [`see ${fake.token('ghp_', 20)}`, `token: ghp_${'x'.repeat(36)}`, 'token: ghp_${TOKEN}'],
  },
}
