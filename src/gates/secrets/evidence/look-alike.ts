/** What stands where a secret would, and says that it is none. Classes, not texts: each has its table in the test. */

/** Words that people write in the place of a secret. */
const placeholderWord =
  /example|placeholder|change.?(?:me|it|this)|replace|insert|redacted|dummy|your[-_. ]|[-_]here\b|\btodo\b|\bfixme\b|(?:^|[-_ ])(?:fake|sample)(?:$|[-_ ])|^(?:none|null|nil|true|false|undefined|empty|secret|password|passwd|token|string|value|optional|required|default|username|user)$/i

/** `xxxx`, `****`, `....`, `0000…`: nobody issues those. */
const filler = /(.)\1{7}|x{4}|X{4}|\*{3}|\.{3}|…|^(.)\2{2,}$/

/** `<token>`, `[token]`, `%TOKEN%`, `__TOKEN__`, `@TOKEN@`. */
const slot = /^(?:<[^>]*>|\[[^\]]*\]|%[^%]*%|__\w*__|@\w*@)$/

/** Filled in later: Helm, Kustomize, shell, workflows, Terraform, Argo CD Vault Plugin, vals. */
const template =
  /\{\{|\}\}|\$\{|\$\(|\$\[|%\{|^\$(?:[A-Z_][A-Z0-9_]*|[a-z_]+|[\w-]+(?:[.:][\w.-]+)+)$|^\$[A-Z][A-Z0-9_]{2,}[/.:]|<%|<path:|^(?:ref\+|op:\/\/|vault:|secret:|env:|file:|arn:|aws-sm:|gcp-sm:|sops:|keychain:|@Microsoft\.KeyVault|secretKeyRef|valueFrom|var\.|local\.|data\.|module\.|process\.env|os\.(?:environ|getenv)|getenv|env\()/

/** Mozilla SOPS, age, Ansible Vault, kubeseal, git-crypt: the value is there, and unreadable. */
const encrypted =
  /^ENC\[|\$ANSIBLE_VAULT|^Ag[A-D][A-Za-z0-9+/]{40}|BEGIN AGE ENCRYPTED|BEGIN PGP MESSAGE|^vault:v\d+:/

const uuid = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i

const digest = /^(?:sha(?:1|256|384|512)[-:]|md5[-:]|h1:|zh:|\$2[aby]\$)/i

const publicKey =
  /BEGIN (?:TRUSTED )?(?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|PGP PUBLIC KEY|X509 CRL|CERTIFICATE REQUEST)|BEGIN SSH2 PUBLIC|(?:^|\s)(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-nistp\d+|sk-\S+) AAAA/

/** `shop-db-credentials-v2`, `tls.shop.2024`: words and short numbers. */
const name = /^(?:[A-Za-z]?[a-z]+|[A-Z]+|v?\d{1,4})(?:[-_./:](?:[A-Za-z]?[a-z]+|[A-Z]+|v?\d{1,4}))+$/

/** What a person called something. */
export function isName(value: string): boolean {
  return name.test(value)
}

/** Base64 of a placeholder or of something public is as harmless as they are. */
export function decodesToHarmless(value: string): boolean {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]{8,}={0,2}$/.test(value)) return false
  const decoded = Buffer.from(value, 'base64').toString('latin1').trim()
  return /^[\s\x20-\x7e]+$/.test(decoded) && (isPlaceholder(decoded) || isPublicKey(decoded))
}

/** Nothing stands here yet, or somebody else puts it here. */
export function isPlaceholder(value: string): boolean {
  return placeholderWord.test(value) || filler.test(value) || slot.test(value) || isReference(value)
}

/** The secret is elsewhere, or needs a key that is elsewhere. */
function isReference(value: string): boolean {
  return template.test(value) || encrypted.test(value)
}

/** Public by nature, however random it looks. */
export function isPublic(value: string): boolean {
  return uuid.test(value) || digest.test(value) || isPublicKey(value)
}

/** Certificates and public keys, and nothing private beside them. */
export function isPublicKey(value: string): boolean {
  return publicKey.test(value) && !value.includes('PRIVATE KEY')
}

/** A token of which nobody could have the body: `ghp_xxxx…`, `AKIA…EXAMPLE`, `sk_live_your_key_here`. */
export function isExampleToken(value: string): boolean {
  return (
    /example|placeholder|your[-_]|redacted|dummy/i.test(value) ||
    /(.)\1{7}|x{6}|X{6}|\*{3}|\.{3}|<|\{|\$/.test(value)
  )
}
