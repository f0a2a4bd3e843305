import { createPrivateKey } from 'node:crypto'

import type { Evidence } from '../rule.ts'

/** What a private key in PEM is, as far as it can be read without a passphrase. */
export function judgePrivateKey(pem: string): Evidence {
  const text = pem
    .replaceAll('\\r', '')
    .replaceAll('\\n', '\n')
    .replaceAll(/^[ \t]+/gm, '')
  if (/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text)) return encrypted
  if (text.includes('BEGIN OPENSSH PRIVATE KEY')) return judgeOpenSsh(text)
  if (text.includes('BEGIN PGP')) return { confidence: 'likely', note: 'an OpenPGP private key' }
  const type = typeOf(text)
  return type === null
    ? { confidence: 'likely', note: 'it cannot be read as it stands' }
    : { confidence: 'confirmed', note: `it is a working ${type.toUpperCase()} key` }
}

const encrypted: Evidence = { confidence: 'limited', note: 'it is encrypted with a passphrase' }

/** The name of the cipher follows the magic word, behind its length. https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key */
function judgeOpenSsh(text: string): Evidence {
  const body = Buffer.from(text.replaceAll(/-----[^-]*-----/g, ''), 'base64')
  const magic = 'openssh-key-v1\0'
  if (body.toString('latin1', 0, magic.length) !== magic)
    return { confidence: 'likely', note: 'it cannot be read as it stands' }
  const length = body.length >= magic.length + 4 ? body.readUInt32BE(magic.length) : 0
  const cipher = body.toString('latin1', magic.length + 4, magic.length + 4 + Math.min(length, 64))
  return cipher === 'none'
    ? { confidence: 'confirmed', note: 'it is an OpenSSH key without a passphrase' }
    : encrypted
}

/** `node:crypto` throws for every key that it cannot read, with a code of OpenSSL's. */
function typeOf(pem: string): string | null {
  try {
    return createPrivateKey(pem).asymmetricKeyType ?? null
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
