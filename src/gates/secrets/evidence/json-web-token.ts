import type { Evidence } from '../rule.ts'

/** Reads header and claims of a signed token; null where it is none, is unsigned, or is the one of the documentation. */
export function judgeJwt(token: string): Evidence | null {
  const [head = '', body = '', signature = ''] = token.split('.')
  const header = recordOf(head)
  const claims = recordOf(body)
  if (header === null || claims === null || typeof header['alg'] !== 'string') return null
  if (header['alg'] === 'none' || signature.length < 16) return null
  // The token of jwt.io, which every page about tokens repeats.
  if (claims['sub'] === '1234567890' && claims['name'] === 'John Doe') return null
  if (isServiceAccount(claims))
    return { confidence: 'confirmed', note: 'it is the token of a Kubernetes service account' }
  // A link to something public, such as an image, is signed too but opens nothing else.
  return { confidence: 'likely', note: `it is signed with ${header['alg'].replaceAll(/[^A-Za-z0-9-]/g, '')}` }
}

function isServiceAccount(claims: Readonly<Record<string, unknown>>): boolean {
  return claims['iss'] === 'kubernetes/serviceaccount' || Object.hasOwn(claims, 'kubernetes.io')
}

function recordOf(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
