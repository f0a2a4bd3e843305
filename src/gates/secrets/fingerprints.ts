import { createHmac } from 'node:crypto'

import type { Redacted } from '../../std/redacted.ts'

/**
 * What a finding is known by. Keyed, because whoever has the hash of a weak password has the password. Without a key an
 * identity still tells secrets of one run apart; it is never shown.
 */
export class Fingerprints {
  readonly #key: Redacted | null

  constructor(key: Redacted | null) {
    this.#key = key
  }

  /** The same for the same secret at any path. */
  identity(family: string, value: string): string {
    return this.#hmac('identity', family, value)
  }

  /** The same wherever in the file it moves; without a key only family and path are in it, and it begins with `p:`. */
  fingerprint(family: string, value: string, path: string): string {
    return this.#key === null
      ? `p:${this.#hmac('place', family, path)}`
      : this.#hmac('finding', family, value, path)
  }

  /** Tells that another key is in use, and nothing about it. */
  get keyDigest(): string {
    return this.#key === null ? '' : this.#hmac('key')
  }

  /** 128 bits, hexadecimal. Each part's length goes in with it, so that ['ab','c'] and ['a','bc'] differ. */
  #hmac(...parts: readonly string[]): string {
    const hmac = createHmac('sha256', this.#key?.expose() ?? 'no key')
    for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part)
    return hmac.digest('hex').slice(0, 32)
  }
}
