import { isPlaceholder } from '../evidence/look-alike.ts'
import type { Evidence, PatternRule, SecretMatch } from '../rule.ts'

export const urlWithPassword: PatternRule = {
  kind: 'pattern',
  id: 'secrets/url-with-password',
  title: 'Password in a URL',
  severity: 'high',
  provider: 'generic',
  family: 'password',
  rationale: `
    A connection string with user and password opens the database, queue or repository for everybody who can reach it,
    and URLs are what programs write into their logs.`,
  remediation:
    'Change the password at the server, and put the whole URL, or the password that it is built from, into a secret store.',
  references: [
    'https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1',
    'https://external-secrets.io/latest/introduction/overview/',
  ],
  keywords: ['://'],
  pattern: '://[A-Za-z0-9._~%!$&*+=-]{0,100}:(?<secret>[^\\s:@/"\'<>`,\\\\]{3,200})@[A-Za-z0-9$\\[_]',
  judge: judgePassword,
  examples: {
    fail: (fake) => [`DATABASE_URL=postgres://app:${fake.token('', 20)}@db.shop.svc:5432/shop`],
    pass: () => [
      'DATABASE_URL=postgres://app:${DB_PASSWORD}@db.shop.svc:5432/shop',
      'DATABASE_URL=postgres://user:password@localhost/shop',
      'https://example.com:8080/@scope/package',
    ],
  },
}

const wellKnown =
  /^(?:pass|pwd|pw|root|postgres|admin|guest|test|foo|bar|\w*pass(?:word)?|[a-z]{1,6}|12345\d*|\[?\w+\]?_?PASSWORD)$/i

function judgePassword({ value, text }: SecretMatch): Evidence | null {
  if (isPlaceholder(value) || value.startsWith('$') || value.startsWith('{')) return null
  const user = /^:\/\/([^:]*):/.exec(text)?.[1] ?? ''
  if (wellKnown.test(value) || value === user)
    return { confidence: 'unlikely', note: 'it is a word that examples use' }
  return { confidence: 'likely' }
}
