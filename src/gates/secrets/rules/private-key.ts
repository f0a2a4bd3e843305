import { judgePrivateKey } from '../evidence/private-key.ts'
import type { PatternRule } from '../rule.ts'

export const privateKey: PatternRule = {
  kind: 'pattern',
  id: 'secrets/private-key',
  title: 'Private key',
  severity: 'critical',
  provider: 'generic',
  family: 'private-key',
  rationale: `
    Whoever has it logs in, signs or decrypts as its owner: a deploy key writes to the repository, the key of a
    certificate is the site, a signing key makes every signature worthless.`,
  remediation:
    'Remove its public half wherever it is trusted (authorized_keys, deploy keys, the certificate revoked at its authority), make a new pair, and keep the private half in a secret store.',
  references: [
    'https://docs.github.com/en/authentication/connecting-to-github-with-ssh/managing-deploy-keys',
    'https://letsencrypt.org/docs/revoking/',
  ],
  keywords: ['-----begin '],
  pattern:
    '-----BEGIN (?:(?:RSA |EC |DSA |OPENSSH |ENCRYPTED |SSH2 ENCRYPTED )?PRIVATE KEY-----(?:[\\s\\\\nr"\']{1,20}Proc-Type: 4,ENCRYPTED[\\s\\\\nr"\']{1,20}DEK-Info: [A-Z0-9,-]{10,60}[\\s\\\\])?|PGP PRIVATE KEY BLOCK-----)[A-Za-z0-9+/=\\\\\\s"\',:.()]{40,16000}(?:-----END)?',
  judge: ({ text }) => (hasBody(text) ? judgePrivateKey(complete(text)) : null),
  examples: {
    fail: (fake) => [fake.privateKey('pkcs8'), fake.privateKey('ec'), fake.privateKey('openssh')],
    pass: () => [
      '-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----',
      'grep -q "-----BEGIN RSA PRIVATE KEY-----" key.pem',
    ],
  },
}

/** Base64, or a header of the armour, and not the prose of somebody who writes about keys. */
function hasBody(text: string): boolean {
  const body = text.replace(/^-----[A-Z0-9 ]+-----/, '')
  return /^(?:[\s"',+]|\\{1,4}[nr])*(?:[A-Za-z0-9+/]{24}|Proc-Type|Version|Comment|Charset)/.test(body)
}

/** The match ends at `-----END`, because what follows it is the same as at the beginning. */
function complete(text: string): string {
  const label = /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(text)?.[1] ?? ''
  return text.endsWith('-----END') ? `${text} ${label}-----\n` : text
}
