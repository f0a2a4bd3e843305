import { Redacted } from '../../std/redacted.ts'

/**
 * Makes the secrets of examples. Tests get ones that look real; whatever people read gets {@link previewing}, so that
 * no page of ours holds anything that a scanner would find.
 */
export interface Fake {
  /** `prefix` and then `length` characters of `alphabet`, letters and digits if absent. */
  token(prefix: string, length: number, alphabet?: string): string
  /** The same, with what `checksum` makes of the random characters after them. */
  sealed(prefix: string, length: number, checksum: (body: string) => string): string
  /** Letters, digits and signs, as a password generator makes them. */
  password(length: number): string
  base64(text: string): string
  /** PEM of a new key; `\n` between its lines. */
  privateKey(kind: 'ec' | 'openssh' | 'pkcs8'): string
  /** Signed by nobody in particular. */
  jwt(claims: Readonly<Record<string, string>>): string
}

export const hex = '0123456789abcdef'
export const digits = '0123456789'
export const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
export const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
export const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Shows `ghp_… (40 characters)` in the place of each secret. */
export const previewing: Fake = {
  token: (prefix, length) => preview(prefix, length),
  sealed: (prefix, length, checksum) => preview(prefix, length + checksum('').length),
  password: (length) => preview('', length),
  base64: (text) => preview('', Math.ceil(text.length / 3) * 4),
  privateKey: () => '(a private key in PEM)',
  jwt: () => '(a signed token)',
}

function preview(prefix: string, length: number): string {
  return new Redacted(prefix.padEnd(4, '.') + ' '.repeat(Math.max(0, length + prefix.length - 4))).preview
}
