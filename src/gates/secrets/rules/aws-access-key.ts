import { base32 } from '../fake.ts'
import type { Evidence, PatternRule, SecretMatch } from '../rule.ts'

export const awsAccessKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/aws-access-key',
  title: 'AWS access key id',
  severity: 'high',
  provider: 'AWS',
  rationale: `
    The id alone opens nothing, but it names the account and is almost always written beside its secret access key,
    and with both whoever reads them acts as that user.`,
  remediation:
    'Deactivate the access key in IAM, read what it did in CloudTrail, delete it, and give the workload a role instead of a key.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html#Using_CreateAccessKey',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids',
  ],
  keywords: ['akia', 'asia', 'abia', 'acca'],
  pattern: '(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}',
  judge: judgeKeyId,
  examples: {
    fail: (fake) => [`aws_access_key_id = ${fake.token('AKIA', 16, base32)}`],
    pass: (fake) => [
      `role: ${fake.token('AROA', 16, base32)}`,
      `aws_access_key_id = AKIA${'EXAMPLE'.padStart(16, 'IOSFODNN7')}`,
    ],
  },
}

/** After its prefix and one bit, the id has the number of its account in 40 bits; one of more than 12 digits was made up. */
function judgeKeyId({ value, before }: SecretMatch): Evidence | null {
  if (/(?:Credential|AWSAccessKeyId)=$/i.test(before(16)) && before(2000).includes('?'))
    return { confidence: 'unlikely', note: 'it is in a signed URL, which holds no secret key' }
  if (/[0189]/.test(value.slice(4)))
    return { confidence: 'unlikely', note: 'it has digits that AWS does not use' }
  let bits = 0n
  for (const character of value.slice(4)) bits = bits * 32n + BigInt(base32.indexOf(character))
  const account = (bits >> 39n) & ((1n << 40n) - 1n)
  // Ids of before 2019 start with I or J behind the prefix and have no account.
  if (/^....[IJ]/.test(value) || account === 0n) return { confidence: 'likely' }
  return account < 1_000_000_000_000n
    ? { confidence: 'likely', note: 'it names an account' }
    : { confidence: 'likely', note: 'it names no account that could exist' }
}
