import { crc32Base62 } from '../evidence/checksum.ts'
import type { Evidence, PatternRule, SecretMatch } from '../rule.ts'

export const npmToken: PatternRule = {
  kind: 'pattern',
  id: 'secrets/npm-token',
  title: 'npm access token',
  severity: 'critical',
  provider: 'npm',
  rationale: `
    It publishes new versions of every package that its owner maintains, and whoever installs one of them runs what it
    holds.`,
  remediation:
    'Revoke the token with npm token revoke or under Access Tokens, check what was published since, and publish from a workflow with trusted publishing.',
  references: ['https://docs.npmjs.com/revoking-access-tokens', 'https://docs.npmjs.com/trusted-publishers'],
  keywords: ['npm_', '_authtoken'],
  // Registries of before 2021 gave out UUIDs, and some still do.
  pattern:
    'npm_[A-Za-z0-9]{36}|(?i:_authToken)["\']?\\s{0,4}[:=]\\s{0,4}["\']?(?<secret>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})',
  judge: judgeNpmToken,
  examples: {
    fail: (fake) => [`//registry.npmjs.org/:_authToken=${fake.sealed('npm_', 30, crc32Base62)}`],
    pass: (fake) => [
      '//registry.npmjs.org/:_authToken=${NPM_TOKEN}',
      fake.token('npm_', 10),
      `npm_${'x'.repeat(36)}`,
    ],
  },
}

function judgeNpmToken({ value }: SecretMatch): Evidence {
  if (!value.startsWith('npm_')) return { confidence: 'likely' }
  return value.slice(-6) === crc32Base62(value.slice(4, -6))
    ? { confidence: 'confirmed', note: 'its checksum fits' }
    : { confidence: 'unlikely', note: 'its checksum does not fit, so npm did not issue it as it stands' }
}
