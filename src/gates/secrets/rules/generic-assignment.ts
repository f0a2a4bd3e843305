import { decodesToHarmless, isName, isPlaceholder, isPublic } from '../evidence/look-alike.ts'
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
  keywords: [
    'password',
    'passwd',
    'passphrase',
    'secret',
    'token',
    'api_key',
    'apikey',
    'api-key',
    'access_key',
    'accesskey',
    'access-key',
    'private_key',
    'privatekey',
    'credential',
    'auth_key',
    'authkey',
    'auth-key',
    'encryption_key',
    'encryptionkey',
    'bearer',
    'pwd',
    'dbpass',
    'db_pass',
    '_pass',
    'pass:',
    'pass=',
    'pw:',
    'pw=',
  ],
  pattern:
    '(?i:passw(?:or)?d|passphrase|secret|token|(?:api|access|private|auth|encryption)[_-]?key|credential|bearer|pwd|(?:db)?_?pass|pw)[\\w.-]{0,40}\\\\{0,2}["\'\\])]{0,3}(?:\\s{0,8}(?::=|=>|[:=>])\\s{0,8}(?:(?i:string) = )?|[\\s{]{1,40}(?:type\\s{0,8}=\\s{0,8}string\\s{1,20})?(?:value|default)["\']?\\s{0,8}[:=]\\s{0,8}|\\s{1,3}(?:string = )?)(?:&\\w{1,20} )?\\\\{0,2}["\'`]?(?<secret>[^\\s"\'`\\\\,;<>]{8,200})',
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
      `public_token: ${fake.token('', 30)}`,
      `checksum/secret: ${fake.token('', 64, '0123456789abcdef')}`,
    ],
  },
}

/** Keys that name, describe or locate a secret, or hold what is public. */
const harmlessName =
  /(?:name|ref|file|path|dir|url|uri|arn|id|type|length|size|ttl|age|expir\w*|policy|version|hash|sha\d*|digest|checksum|algorithm|issuer|endpoint|provider|store|key[_-]?id|format|mount\w*|class)s?$/i

function judgeValue({ value, text, before }: SecretMatch): Evidence | null {
  const [head = ''] = text.split(/["'\])\s:=>]/)
  const key = `${/[\w./-]*$/.exec(before(40))?.[0] ?? ''}${head}`
  // `arn:aws:secretsmanager:…` and `sm://project:secret:name` name a secret between colons.
  if (/[:@]$/.test(before(40).slice(0, before(40).length - key.length + head.length))) return null
  if (harmlessName.test(key) || /public|checksum|sha256|digest|integrity|fingerprint|example/i.test(key))
    return null
  if (isHarmless(value)) return null
  return looksRandom(value) ? { confidence: 'likely' } : null
}

function isHarmless(value: string): boolean {
  const isSpoken = isPlaceholder(value) || isName(value) || isCode(value) || sequence.test(value)
  return isSpoken || isPublic(value) || decodesToHarmless(value)
}

/** What fingers type who want a value to be there. */
const sequence = /01234567|12345678|abcdefgh|qwerty/i

/** A path, a call, a name with dots, a dotted address: what a program writes there and no generator. */
function isCode(value: string): boolean {
  return (
    /^[./~]?[\w.-]*\/[\w./-]*$/.test(value) ||
    /[([{]|\|.*\|.*\|/.test(value) ||
    /^[A-Za-z_][\w]*(?:[.:]{1,2}[A-Za-z_][\w]*)+$/.test(value) ||
    /^[a-z]+:\/\//.test(value)
  )
}
