import { createHash, createPrivateKey, generateKeyPairSync } from 'node:crypto'

import type { Fake } from '../gates/secrets/fake.ts'

const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Secrets that look real and open nothing, the same for the same seed. Two calls never give the same one. */
export function fakeTokens(seed: string): Fake {
  const next = bytesOf(seed)
  const characters = (length: number, alphabet = base62) =>
    Array.from({ length }, () => alphabet[next() % alphabet.length]).join('')
  return {
    token: (prefix, length, alphabet) => prefix + characters(length, alphabet),
    sealed(prefix, length, checksum) {
      const body = characters(length)
      return prefix + body + checksum(body)
    },
    password: (length) => mixed(characters, length),
    base64: (text) => Buffer.from(text).toString('base64'),
    privateKey: (kind) => privateKeys[kind](Buffer.from(Array.from({ length: 32 }, () => next()))),
    jwt: (claims) => jwt(characters, claims),
  }
}

/** An endless stream of bytes: SHA-256 over seed and counter. */
function bytesOf(seed: string): () => number {
  let block = Buffer.alloc(0)
  let [counter, at] = [0, 0]
  return () => {
    if (at >= block.length) {
      block = createHash('sha256').update(`${seed} ${counter++}`).digest()
      at = 0
    }
    return block[at++] ?? 0
  }
}

/** Every kind of character at least once, as the rules of most password forms want it. */
function mixed(characters: (length: number, alphabet?: string) => string, length: number): string {
  const signs = characters(length, `${base62}!#%^*-_+`)
  return `${signs.slice(0, Math.max(0, length - 6))}q7${characters(1, '#%^+')}Kw3`.slice(-length)
}

function jwt(
  characters: (length: number, alphabet?: string) => string,
  claims: Readonly<Record<string, string>>,
): string {
  return `${part({ alg: 'RS256', kid: characters(8) })}.${part(claims)}.${characters(342)}`
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

const privateKeys: Readonly<Record<Parameters<Fake['privateKey']>[0], (seed: Buffer) => string>> = {
  // RFC 8410: an Ed25519 key is any 32 bytes behind this header.
  pkcs8(seed) {
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
      .export({ format: 'pem', type: 'pkcs8' })
      .toString()
  },
  ec() {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    return privateKey.export({ format: 'pem', type: 'sec1' }).toString()
  },
  /** Begins as ssh-keygen writes it, with random bytes behind. */
  openssh(seed) {
    const rest = Buffer.concat([seed, seed.toReversed(), seed])
    const body = Buffer.concat([
      Buffer.from('openssh-key-v1\0'),
      prefixed('none'),
      prefixed('none'),
      prefixed(''),
      rest,
    ])
    return armored('OPENSSH PRIVATE KEY', body)
  },
}

/** A string of the SSH protocol: its length, then itself. */
function prefixed(text: string): Buffer {
  return Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)])
}

function armored(label: string, body: Buffer): string {
  const lines = body.toString('base64').match(/.{1,70}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
