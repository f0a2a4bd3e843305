import { judgeJwt } from '../evidence/json-web-token.ts'
import type { PatternRule } from '../rule.ts'

export const jsonWebToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/json-web-token',
  title: 'Signed token (JWT)',
  severity: 'high',
  provider: 'generic',
  rationale: `
    Whoever shows it is let in as its subject until it expires, and some never do: the token of a Kubernetes service
    account in a Secret has no end.`,
  remediation:
    'Make the token worthless at its issuer (delete the Secret or the session, rotate the signing key), and let the workload fetch short-lived ones.',
  references: [
    'https://kubernetes.io/docs/concepts/security/service-accounts/#authenticating-credentials',
    'https://www.rfc-editor.org/rfc/rfc7519',
  ],
  keywords: ['eyj'],
  // The boundary first: letters that begin a token again and again cost nothing.
  pattern: '\\beyJ[A-Za-z0-9_-]{10,2000}\\.eyJ[A-Za-z0-9_-]{10,8000}\\.[A-Za-z0-9_-]{16,2000}',
  judge: ({ value }) => judgeJwt(value),
  examples: {
    fail: (fake) => [
      `Authorization: Bearer ${fake.jwt({ iss: 'kubernetes/serviceaccount', sub: 'system:serviceaccount:shop:api' })}`,
    ],
    pass: () => [
      'Authorization: Bearer eyJ<header>.eyJ<claims>.<signature>',
      'Authorization: Bearer ${TOKEN}',
    ],
  },
}
