import { crc32Base62 } from '../evidence/checksum.ts'
import type { Evidence, PatternRule, SecretMatch } from '../rule.ts'

export const githubAppToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/github-app-token',
  title: 'GitHub token of an app or an OAuth login',
  severity: 'critical',
  provider: 'GitHub',
  family: 'github-token',
  rationale: `
    It acts as the app, or as the person who logged in with it, in every repository that the app is installed in. The
    refresh token (ghr_) makes new ones for six months.`,
  remediation:
    'Revoke the authorization under Settings, Applications, or delete the installation token through the API, and find what wrote it down.',
  references: [
    'https://docs.github.com/en/organizations/managing-programmatic-access-to-your-organization/reviewing-and-revoking-personal-access-tokens-in-your-organization',
    'https://docs.github.com/en/rest/apps/installations#revoke-an-installation-access-token',
  ],
  keywords: ['gho_', 'ghu_', 'ghs_', 'ghr_'],
  pattern:
    'gh(?:[ous]_[A-Za-z0-9]{36}|r_(?:[A-Za-z0-9]{76}|[A-Za-z0-9]{36})|s_[0-9]{1,20}_[A-Za-z0-9_.-]{40,600})',
  judge: judgeGitHubToken,
  examples: {
    fail: (fake) => [
      `export GH_TOKEN=${fake.sealed('ghs_', 30, crc32Base62)}`,
      fake.sealed('gho_', 30, crc32Base62),
    ],
    pass: (fake) => [fake.token('ghs_', 12), 'see ghs_ and gho_ prefixes'],
  },
}

/** Installation tokens that carry an id and a JWT have no checksum. */
export function judgeGitHubToken({ value }: SecretMatch): Evidence | null {
  const body = value.slice(4)
  if (!/^[A-Za-z0-9]{36}$|^[A-Za-z0-9]{76}$/.test(body)) return { confidence: 'likely' }
  return body.slice(-6) === crc32Base62(body.slice(0, -6))
    ? { confidence: 'confirmed', note: 'its checksum fits' }
    : { confidence: 'unlikely', note: 'its checksum does not fit, so GitHub did not issue it as it stands' }
}
