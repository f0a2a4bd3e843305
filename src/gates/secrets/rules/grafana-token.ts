import { crc32Hex } from '../evidence/checksum.ts'
import { base64 } from '../fake.ts'
import type { Evidence, PatternRule, SecretMatch } from '../rule.ts'

export const grafanaToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/grafana-token',
  title: 'Grafana token',
  severity: 'high',
  provider: 'Grafana',
  rationale: `
    A service account token has its role in Grafana: dashboards, data sources and through them the data behind; a cloud
    access policy token reads or writes metrics and logs.`,
  remediation:
    'Delete the token under Administration, Service accounts (or Access policies in Grafana Cloud), and put its successor into a secret store.',
  references: [
    'https://grafana.com/docs/grafana/latest/administration/service-accounts/#delete-a-service-account-token',
    'https://grafana.com/docs/grafana-cloud/security-and-account-management/authentication-and-permissions/access-policies/',
  ],
  keywords: ['glsa_', 'glc_', 'eyjrijoi'],
  pattern:
    'glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2}|eyJrIjoi[A-Za-z0-9+/]{60,400}={0,2}',
  judge: judgeGrafana,
  examples: {
    fail: (fake) => [
      `Authorization: Bearer ${fake.sealed('glsa_', 32, (body) => `_${crc32Hex(body)}`)}`,
      `token: ${fake.token('glc_eyJvIjoi', 80, base64)}`,
    ],
    pass: (fake) => [`see ${fake.token('glsa_', 12)}`, 'token: glsa_<token>'],
  },
}

function judgeGrafana({ value }: SecretMatch): Evidence | null {
  if (value.startsWith('glc_')) return { confidence: 'likely' }
  if (value.startsWith('eyJ')) return isLegacyKey(value) ? { confidence: 'confirmed' } : null
  const [, body = '', checksum] = value.split('_')
  return checksum === crc32Hex(body)
    ? { confidence: 'confirmed', note: 'its checksum fits' }
    : { confidence: 'likely', note: 'its checksum does not fit' }
}

/** An API key of before Grafana 9: its secret, its name and the number of its organisation as JSON. */
function isLegacyKey(value: string): boolean {
  return /^\{"k":"[A-Za-z0-9]{32}","n":"[^"]{1,200}","id":\d{1,9}\}$/.test(
    Buffer.from(value, 'base64').toString('latin1'),
  )
}
