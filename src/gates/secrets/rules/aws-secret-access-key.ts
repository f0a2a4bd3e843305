import { isExampleToken } from '../evidence/look-alike.ts'
import { looksRandom } from '../evidence/randomness.ts'
import { base64 } from '../fake.ts'
import type { PatternRule } from '../rule.ts'

export const awsSecretAccessKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/aws-secret-access-key',
  title: 'AWS secret access key',
  severity: 'critical',
  provider: 'AWS',
  rationale: `
    With its id, whoever has it acts as that user from anywhere. Automation that looks for such keys in repositories
    starts machines on them within minutes.`,
  remediation:
    'Deactivate the access key in IAM, read what it did in CloudTrail, delete it, and give the workload a role instead of a key.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html#Using_CreateAccessKey',
    'https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html',
  ],
  keywords: [
    'secret_access_key',
    'secretaccesskey',
    'secret-access-key',
    'secret_key',
    'secretkey',
    'secret-key',
    'aws_secret',
  ],
  pattern:
    '(?i:(?:aws[_-]?)?secret(?:[_-]?access)?(?:[_-]?key)?)\\\\{0,2}["\']?\\s{0,8}(?::=|=>|[:=])\\s{0,8}\\\\{0,2}["\']?(?<secret>[A-Za-z0-9+/]{40})',
  judge: ({ value }) =>
    looksRandom(value) && !isExampleToken(value) && !/^[0-9a-f]{40}$/i.test(value)
      ? { confidence: 'likely' }
      : null,
  examples: {
    fail: (fake) => [
      `aws_secret_access_key = ${fake.token('', 40, base64)}`,
      `{"SecretAccessKey": "${fake.token('', 40, base64)}"}`,
    ],
    pass: () => [
      'aws_secret_access_key = ${AWS_SECRET_ACCESS_KEY}',
      `secret_access_key: ${'EXAMPLEKEY'.padStart(40, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCY')}`,
    ],
  },
}
