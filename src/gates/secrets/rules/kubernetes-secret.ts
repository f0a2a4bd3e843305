import type { Value } from '../../../model/resource.ts'
import { isPlaceholder, isPublicKey } from '../evidence/look-alike.ts'
import type { ManifestFind, ManifestRule } from '../rule.ts'

export const kubernetesSecret: ManifestRule = {
  kind: 'manifest',
  id: 'secrets/kubernetes-secret',
  title: 'Kubernetes Secret in plain text',
  severity: 'high',
  provider: 'Kubernetes',
  family: 'password',
  rationale: `
    The data of a Secret is only encoded. Whoever can read the repository, its forks or its history has it, and whatever
    it opens, without ever reaching the cluster.`,
  remediation:
    'Change the value where it is checked, and commit an ExternalSecret, a SealedSecret or a file encrypted with SOPS in the place of the Secret.',
  references: [
    'https://kubernetes.io/docs/concepts/configuration/secret/#information-security-for-secrets',
    'https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/',
    'https://fluxcd.io/flux/security/secrets-management/',
  ],
  object: 'Secret',
  find: findValues,
  examples: {
    fail: (fake) => [
      `apiVersion: v1\ndata:\n  password: ${fake.base64(fake.password(12))}\nmetadata: { name: db }\nkind: Secret`,
      `apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  password: ${fake.password(9)}`,
    ],
    pass: () => [
      'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  password: ${DB_PASSWORD}',
      'apiVersion: v1\nkind: Secret\nmetadata: { name: repo }\nstringData:\n  type: git\n  url: https://github.com/acme/deploy',
      'apiVersion: v1\nkind: Secret\nmetadata: { name: db }\nstringData:\n  password: ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]',
    ],
  },
}

/** What such a key holds is no secret by itself; a password within it is found by its pattern. */
const harmlessKey =
  /^(?:ca\.crt|tls\.crt|.*\.(?:crt|cert|pub)|ca(?:_|-)?(?:bundle|cert)|known_hosts|ssh_known_hosts|type|url|uri|name|project|server|servers|namespaces?|clusterResources|user|username|.*[-_]?user(?:name)?|host(?:name)?|.*[-_]host|port|.*[-_]port|database|db(?:name)?|endpoint|region|bucket|email|enable[A-Za-z]*|insecure[A-Za-z]*|forceHttp.*|proxy|path|aud|issuer|tenant(?:-?id)?|subscription(?:-?id)?|client(?:-|_)?id|app(?:-|_)?id|installation(?:-|_)?id|github.*ID|description|auth-extra-groups|usage-bootstrap-[a-z]+|expiration|token-id|identity\.pub|fingerprint)$/i

function findValues(object: ReadonlyMap<string, Value>): ManifestFind[] {
  if (object.has('sops') || isGenerated(object)) return []
  const found: ManifestFind[] = []
  for (const field of ['data', 'stringData']) {
    const entries = object.get(field)
    if (!(entries instanceof Map)) continue
    for (const [key, raw] of entries) {
      const value = plainOf(field, raw)
      if (value === null || harmlessKey.test(key) || isHarmless(value)) continue
      found.push({
        path: [field, key],
        value,
        evidence: { confidence: 'likely', note: `it stands under ${field}` },
      })
    }
  }
  return found
}

/** A Secret that only asks a controller to fill it in. */
function isGenerated(object: ReadonlyMap<string, Value>): boolean {
  const type = object.get('type')
  return type === 'kubernetes.io/service-account-token' && !object.has('data')
}

/** Null for what is no text, and for `data` that is not base64, which the API server refuses. */
function plainOf(field: string, raw: Value): string | null {
  if (typeof raw !== 'string') return null
  const text = raw.trim()
  if (field === 'stringData' || isPlaceholder(text)) return text
  const compact = text.replaceAll(/\s/g, '')
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(compact)) return null
  return Buffer.from(compact, 'base64').toString('utf8').trim()
}

function isHarmless(value: string): boolean {
  return (
    value === '' ||
    isPlaceholder(value) ||
    isPublicKey(value) ||
    /^(?:https?:\/\/[^@\s]*|[0-9]{1,5}|\{\}|\[\])$/.test(value)
  )
}
