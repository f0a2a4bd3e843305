import { looksRandom } from '../evidence/randomness.ts'
import { hex } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const datadogKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/datadog-key',
  title: 'Datadog API or application key',
  severity: 'high',
  provider: 'Datadog',
  rationale: `
    An API key sends data, so that alerts can be drowned or faked; with an application key as well, everything that its
    owner sees is read and changed.`,
  remediation:
    'Revoke the key under Organization settings, API keys or Application keys, and hand its successor over by apiKeyExistingSecret.',
  references: ['https://docs.datadoghq.com/account_management/api-app-keys/#delete-api-or-application-keys'],
  keywords: ['datadog', 'dd_api', 'dd_app', 'ddapi', 'dd-api', 'dd-app'],
  pattern:
    '(?i:data_?dog|dd[_-]?ap[ip])[\\w.-]{0,40}["\']?(?:\\s{0,8}(?::=|=>|[:=])\\s{0,8}(?:(?i:api|app|application)[_-]?(?i:key)["\']?\\s{0,8}[:=]\\s{0,8})?|\\s{1,40}value["\']?\\s{0,4}[:=]\\s{0,4})["\']?(?<secret>[0-9a-f]{40}|[0-9a-f]{32})',
  judge: ({ value }) => (looksRandom(value) ? { confidence: 'likely' } : null),
  examples: {
    fail: (fake) => [
      `DD_API_KEY=${fake.token('', 32, hex)}`,
      `- name: DATADOG_APP_KEY\n  value: ${fake.token('', 40, hex)}`,
      `datadog:\n  apiKey: ${fake.token('', 32, hex)}`,
    ],
    pass: () => [
      'DD_API_KEY=${DD_API_KEY}',
      'datadog:\n  apiKeyExistingSecret: datadog',
      `DD_API_KEY=${'0'.repeat(32)}`,
    ],
  },
}
