import { judgePrivateKey } from '../evidence/private-key.ts'
import type { Evidence, PatternRule, SecretMatch } from '../rule.ts'

export const gcpServiceAccount: PatternRule = {
  kind: 'pattern',
  id: 'secrets/gcp-service-account',
  title: 'Google Cloud service account key',
  severity: 'critical',
  provider: 'Google Cloud',
  family: 'private-key',
  rationale: `
    The file is all that is needed to act as the service account, from anywhere, until somebody deletes the key; it does
    not expire.`,
  remediation:
    'Delete the key in IAM, Service accounts, Keys, read its use in the audit log, and use workload identity instead of a key file.',
  references: [
    'https://cloud.google.com/iam/docs/keys-create-delete#deleting',
    'https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys',
  ],
  keywords: ['-----begin private key-----'],
  pattern: '-----BEGIN PRIVATE KEY-----[A-Za-z0-9+/=\\\\\\s]{40,12000}-----END PRIVATE KEY-----',
  judge: judgeServiceAccount,
  examples: {
    fail: (fake) => [
      JSON.stringify({
        type: 'service_account',
        project_id: 'shop',
        private_key: fake.privateKey('pkcs8'),
        client_email: 'deploy@shop.iam.gserviceaccount.com',
      }),
    ],
    pass: () => ['{"type": "service_account", "client_email": "deploy@shop.iam.gserviceaccount.com"}'],
  },
}

/** A key without an account around it is a private key like any other, and a rule of its own. */
function judgeServiceAccount(match: SecretMatch): Evidence | null {
  const around = match.around(2000)
  if (!around.includes('service_account') && !around.includes('gserviceaccount.com')) return null
  return judgePrivateKey(match.value)
}
