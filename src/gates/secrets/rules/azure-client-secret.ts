import { isExampleToken } from '../evidence/look-alike.ts'
import { looksRandom } from '../evidence/randomness.ts'
import { base64url } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const azureClientSecret: PatternRule = {
  kind: 'pattern',
  id: 'secrets/azure-client-secret',
  title: 'Client secret of a Microsoft Entra application',
  severity: 'critical',
  provider: 'Azure',
  rationale: `
    With the id of its application, which is public, whoever has it signs in as that application and has its roles in
    every subscription that granted them.`,
  remediation:
    'Delete the secret under App registrations, Certificates and secrets, read the sign-in log, and use a workload identity federation in its place.',
  references: [
    'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials',
    'https://learn.microsoft.com/entra/workload-id/workload-identity-federation',
  ],
  // Three characters, a digit, and `Q~`, which no other provider has.
  keywords: ['0q~', '1q~', '2q~', '3q~', '4q~', '5q~', '6q~', '7q~', '8q~', '9q~'],
  before: 3,
  pattern: '[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}',
  judge: ({ value }) => (looksRandom(value) && !isExampleToken(value) ? { confidence: 'likely' } : null),
  examples: {
    fail: (fake) => [`clientId: shop\nkey: ${fake.token('', 3)}${fake.token('8Q~', 34, base64url)}`],
    pass: (fake) => [`see ${fake.token('', 3)}${fake.token('8Q~', 9)}`],
  },
}
