import { hex } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const digitaloceanToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/digitalocean-token',
  title: 'DigitalOcean token',
  severity: 'critical',
  provider: 'DigitalOcean',
  rationale: `
    It makes, changes and destroys droplets, clusters and databases of the account, and fetches the kubeconfig of every
    cluster.`,
  remediation:
    'Delete the token under API, Tokens, read the security history of the account, and put its successor into a secret store.',
  references: ['https://docs.digitalocean.com/reference/api/create-personal-access-token/'],
  keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
  pattern: 'do[opr]_v1_[a-f0-9]{64}',
  examples: {
    fail: (fake) => [`DIGITALOCEAN_ACCESS_TOKEN=${fake.token('dop_v1_', 64, hex)}`],
    pass: (fake) => [fake.token('dop_v1_', 30, hex), `dop_v1_${'0'.repeat(64)}`],
  },
}
