import { isPlaceholder, isPublic } from '../evidence/look-alike.ts'
import { looksRandom } from '../evidence/randomness.ts'
import type { Evidence, PatternRule, SecretMatch } from '../rule.ts'

export const genericAssignment: PatternRule = {
  kind: 'pattern',
  id: 'secrets/generic-assignment',
  title: 'Password, key or token in plain text',
  severity: 'medium',
  provider: 'generic',
  family: 'password',
  rationale: `
    A key that is called password, token or secret has a value that looks as if a generator made it. Whoever reads the
    repository, its forks or its backups can use it.`,
  remediation:
    'Change it where it is checked, and reference it from a secret store: ExternalSecret, SealedSecret, SOPS or Vault.',
  references: [
    'https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/',
    'https://fluxcd.io/flux/security/secrets-management/',
  ],
  keywords: ['password', 'passwd', 'passphrase', 'secret', 'token', 'api_key', 'apikey', 'api-key', 'access_key', 'accesskey', 'access-key', 'private_key', 'privatekey', 'credential', 'auth_key', 'authkey', 'encryption_key', 'encryptionkey', 'bearer', '_pwd', 'dbpass', '_pass'],
  pattern:
    '(?i:passw(?:or)?d|passphrase|secret|token|(?:api|access|private|auth|encryption)[_-]?key|credential|bearer|_pwd|(?:db|_)pass)(?<name>[\\w.-]{0,40})["\'\\])]{0,3}(?:\\s{0,8}(?::=|=>|[:=])\\s{0,8}|\\s{1,40}(?:value|default)["\']?\\s{0,8}[:=]\\s{0,8}|\\s{1,3})(?:&\\w{1,20} )?\\\\?["\'`]?(?<secret>[^\\s"\'`\\\\,;<>]{8,200})',
  judge: judgeValue,
  examples: {
    fail: (fake) => [
      `auth:\n  password: ${fake.password(16)}`,
      `export API_TOKEN="${fake.token('', 32)}"`,
      `- name: DB_PASSWORD\n  value: ${fake.password(16)}`,
      `variable "db_password" {\n  default = "${fake.password(16)}"\n}`,
    ],
    pass: (fake) => [
      'password: changeme',
      'password: ${DB_PASSWORD}',
      'existingSecret: database-credentials-v2',
      'token: <your token here>',
      'password: {{ .Values.auth.password }}',
      `checksum/secret: ${fake.token('', 64, '0123456789abcdef')}`,
    ],
  },
}

/** Keys that name, describe or locate a secret, or hold what is public. */
const harmlessName =
  /(?:name|ref|file|path|dir|url|uri|arn|id|type|length|size|ttl|age|expir\w*|policy|version|hash|sha\d*|digest|checksum|algorithm|issuer|endpoint|provider|store|key[_-]?id|format|mount\w*|class)s?$/i

function judgeValue({ value, text, around }: SecretMatch): Evidence | null {
  const [key = ''] = text.split(/["'\])\s:=]/)
  if (harmlessName.test(key) || /public|checksum|sha256|digest|integrity/i.test(around(24).split('\n').at(0) ?? '')) return null
  if (isPlaceholder(value) || isPublic(value) || isCode(value)) return null
  return looksRandom(value) ? { confidence: 'likely' } : null
}

/** A path, a call, a name with dots, a dotted address: what a program writes there and no generator. */
function isCode(value: string): boolean {
  return (
    /^[./~]?[\w.-]*\/[\w./-]*$/.test(value) || /[([{]/.test(value) || /^[A-Za-z_][\w]*(?:[.:]{1,2}[A-Za-z_][\w]*)+$/.test(value) || /^[a-z]+:\/\//.test(value)
  )
}
