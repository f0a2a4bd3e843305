import { createPrivateKey, sign } from 'node:crypto'

import type { Redacted } from '../std/redacted.ts'
import { UserError } from '../std/user-error.ts'

/** Seconds. GitHub accepts ten minutes at most; the minute before now is for clocks that differ a little. */
const [before, after] = [60, 480] as const

/**
 * Signs what proves that we are the App, `now` in milliseconds since 1970. Throws `UserError` for what is no RSA key.
 * https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function appJwt(appId: number, privateKey: Redacted, now: number): string {
  const seconds = Math.floor(now / 1000)
  const claims = { iat: seconds - before, exp: seconds + after, iss: String(appId) }
  const signed = [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), keyOf(privateKey)).toString('base64url')}`
}

/** An environment variable often has `\n` for line breaks. The error of node:crypto is dropped: it may quote the key. */
function keyOf(privateKey: Redacted): ReturnType<typeof createPrivateKey> {
  let key
  try {
    key = createPrivateKey(privateKey.expose().replaceAll(String.raw`\n`, '\n'))
  } catch {
    throw unreadable()
  }
  if (key.asymmetricKeyType !== 'rsa') throw unreadable()
  return key
}

function unreadable(): UserError {
  return new UserError({
    code: 'environment-invalid',
    message: 'The private key of the App is no RSA key in PEM form.',
    remediation: 'Set PRIVATE_KEY_PATH to the .pem file that GitHub gave out for the App.',
  })
}
