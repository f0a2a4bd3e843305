import type { PatternRule } from '../rule.ts'

const bech32 = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'

export const ageSecretKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/age-secret-key',
  title: 'age secret key',
  severity: 'critical',
  provider: 'age',
  rationale: `
    It decrypts every file that was encrypted for it: where SOPS keeps the secrets of a repository with age, this one
    key opens all of them, in every commit there ever was.`,
  remediation:
    'Make a new key with age-keygen, encrypt every file again with sops updatekeys, and rotate each secret that the old one opened.',
  references: ['https://github.com/getsops/sops#updatekeys-command', 'https://age-encryption.org/v1'],
  keywords: ['age-secret-key-'],
  pattern: 'AGE-SECRET-KEY-(?:PQ-)?1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
  examples: {
    fail: (fake) => [`# created: 2026-01-01\n${fake.token('AGE-SECRET-KEY-1', 58, bech32)}`],
    pass: (fake) => [`# public key: age1${'q'.repeat(10)}`, fake.token('AGE-SECRET-KEY-1', 20, bech32)],
  },
}
