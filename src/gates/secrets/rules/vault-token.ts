import { looksRandom } from '../evidence/randomness.ts'
import { base64url } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const vaultToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/vault-token',
  title: 'HashiCorp Vault token',
  severity: 'critical',
  provider: 'HashiCorp',
  rationale: `
    It opens the store that holds all other secrets, as far as its policies reach; a root token reaches everything and
    does not expire.`,
  remediation:
    'Revoke the token with vault token revoke, read its use in the audit device, and let the workload log in with its service account.',
  references: [
    'https://developer.hashicorp.com/vault/docs/commands/token/revoke',
    'https://developer.hashicorp.com/vault/docs/concepts/tokens',
  ],
  keywords: ['hvs.', 'hvb.', 'hvr.', 'token'],
  pattern:
    '(?:hvs\\.[A-Za-z0-9_-]{24,400}|hv[br]\\.[A-Za-z0-9_-]{100,400})|(?i:token)["\']?\\s{0,8}[:=]\\s{0,8}["\']?(?<secret>[sbr]\\.[A-Za-z0-9]{24})',
  judge: ({ value }) => (looksRandom(value.replace(/^[a-z]+\./, '')) ? { confidence: 'likely' } : null),
  examples: {
    fail: (fake) => [
      `VAULT_TOKEN=${fake.token('hvs.', 90, base64url)}`,
      `vault login token=${fake.token('s.', 24)}`,
    ],
    pass: () => ['VAULT_TOKEN=hvs.<token>', 'token = s.replaceAll'],
  },
}
