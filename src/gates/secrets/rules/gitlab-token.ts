import { base64url } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const gitlabToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/gitlab-token',
  title: 'GitLab access token',
  severity: 'critical',
  provider: 'GitLab',
  rationale: `
    A personal, project or group token reads and writes what its scopes reach; a deploy, runner or agent token reaches
    the pipelines and the cluster behind them.`,
  remediation:
    'Revoke the token under Preferences, Access tokens (or the settings of the project, group or runner), and put its successor into a secret store.',
  references: [
    'https://docs.gitlab.com/user/profile/personal_access_tokens/#revoke-a-personal-access-token',
    'https://docs.gitlab.com/security/tokens/#token-prefixes',
  ],
  keywords: [
    'glpat-',
    'gldt-',
    'glrt-',
    'glptt-',
    'glcbt-',
    'glsoat-',
    'glft-',
    'glimt-',
    'glagent-',
    'gloas-',
  ],
  pattern:
    'gl(?:pat|dt|rt|soat|ft|imt)-[A-Za-z0-9_-]{20,300}(?:\\.[a-z0-9]{2}\\.[a-z0-9]{9})?|gl(?:ptt-[a-z0-9]{40}|cbt-[a-z0-9]{1,5}_[A-Za-z0-9_-]{20}|agent-[A-Za-z0-9_-]{50,1024}|oas-[a-z0-9]{64})',
  examples: {
    fail: (fake) => [
      `GITLAB_TOKEN: ${fake.token('glpat-', 20, base64url)}`,
      fake.token('gldt-', 20, base64url),
    ],
    pass: (fake) => [fake.token('glpat-', 9), `token: glpat-${'x'.repeat(20)}`],
  },
}
