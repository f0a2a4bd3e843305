import { base64url } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const googleApiKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/google-api-key',
  title: 'Google API key',
  severity: 'high',
  provider: 'Google Cloud',
  rationale: `
    It calls every API that its restrictions allow, on the account of its project; without restrictions that includes
    the language models and the maps that cost most.`,
  remediation:
    'Delete the key under APIs and services, Credentials, and restrict its successor to one API and to the addresses that call it.',
  references: [
    'https://cloud.google.com/docs/authentication/api-keys#delete-api-key',
    'https://cloud.google.com/docs/authentication/api-keys#securing',
  ],
  keywords: ['aiza'],
  pattern: 'AIza[A-Za-z0-9_-]{35}',
  examples: {
    fail: (fake) => [`maps: { apiKey: ${fake.token('AIza', 35, base64url)} }`],
    pass: (fake) => [`see ${fake.token('AIza', 20, base64url)}`],
  },
}
