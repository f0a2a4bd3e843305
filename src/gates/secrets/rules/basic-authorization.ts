import { judgeLogin } from '../evidence/login.ts'
import type { PatternRule } from '../rule.ts'

export const basicAuthorization: PatternRule = {
  kind: 'pattern',
  id: 'secrets/basic-authorization',
  title: 'User and password in an Authorization header',
  severity: 'high',
  provider: 'generic',
  rationale: `
    The header of HTTP basic authentication is user and password, only encoded. Whoever copies it from a probe, an
    ingress or a script is let in as that user.`,
  remediation:
    'Change the password at the server, and let the workload build the header from a secret store.',
  references: [
    'https://www.rfc-editor.org/rfc/rfc7617',
    'https://external-secrets.io/latest/introduction/overview/',
  ],
  keywords: ['basic '],
  pattern: '(?i:basic) (?<secret>[A-Za-z0-9+/]{8,400}={0,2})',
  judge: judgeLogin,
  examples: {
    fail: (fake) => [`value: Basic ${fake.base64(`deploy:${fake.password(20)}`)}`],
    pass: (fake) => [
      'See Basic authentication',
      'value: Basic ${LOGIN}',
      `value: Basic ${fake.base64('user:password')}`,
    ],
  },
}
