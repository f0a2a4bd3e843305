import type { Evidence, SecretMatch } from '../rule.ts'
import { isPlaceholder } from './look-alike.ts'

/** Base64 of `user:password`, or of `:password`, as registries and HTTP have it (RFC 7617). */
export function judgeLogin({ value }: SecretMatch): Evidence | null {
  const login = Buffer.from(value, 'base64').toString('latin1')
  const password = /^[\x21-\x7e]{0,100}?:([\x20-\x7e]{3,1500})$/.exec(login)?.[1]
  if (password === undefined || isPlaceholder(password)) return null
  return { confidence: 'confirmed', note: 'it decodes to a user and a password' }
}
