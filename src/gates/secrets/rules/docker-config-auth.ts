import { judgeLogin } from '../evidence/login.ts'
import type { PatternRule } from '../rule.ts'

export const dockerConfigAuth: PatternRule = {
  kind: 'pattern',
  id: 'secrets/docker-config-auth',
  title: 'Login of a container registry',
  severity: 'critical',
  provider: 'Docker',
  rationale: `
    User and password of a registry, only encoded. With it images are read, and if it may push, the next rollout runs
    what somebody else built.`,
  remediation:
    'Change the password or revoke the token at the registry, and let the cluster pull with a credential provider or an ExternalSecret.',
  references: [
    'https://docs.docker.com/security/access-tokens/',
    'https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/',
  ],
  keywords: ['"auth"', "'auth'", 'auth:', '\\"auth\\"', '_auth'],
  pattern:
    '(?:\\\\?["\']auth\\\\?["\']|_?auth)\\s{0,8}[:=]\\s{0,8}\\\\?["\']?(?<secret>[A-Za-z0-9+/]{12,800}={0,2})',
  judge: judgeLogin,
  examples: {
    fail: (fake) => [`{"auths": {"ghcr.io": {"auth": "${fake.base64(`deploy:${fake.password(20)}`)}"}}}`],
    pass: () => [
      '{"auths": {"ghcr.io": {"auth": ""}}}',
      `{"auths": {"ghcr.io": {"auth": "${btoa('user:password')}"}}}`,
    ],
  },
}
