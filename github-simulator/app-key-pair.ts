import { generateKeyPairSync } from 'node:crypto'

let keys: { publicKey: string; privateKey: string } | undefined

/** The App's key pair, as PEM. One for a whole process: no one depends on which it is, and each costs a tenth of a second. */
export function appKeyPair(): { readonly publicKey: string; readonly privateKey: string } {
  keys ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return keys
}
