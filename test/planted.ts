import { crc32Base62 } from '../src/gates/secrets/evidence/checksum.ts'
import type { Fake } from '../src/gates/secrets/fake.ts'
import { rules } from '../src/gates/secrets/rules/index.ts'
import { fakeTokens } from '../src/testing/fake-token.ts'
import { encodings } from './traces.ts'

/** A secret somewhere in the world, and the piece of it that no preview shows. */
export interface Secret {
  readonly where: string
  readonly piece: string
}

/** Shorter ones, such as the digits of an account, are no secrets by themselves. */
const leastCharacters = 9

/** Makes secrets, and remembers every one of them. */
export class Planted {
  readonly secrets: Secret[] = []
  readonly #seed: string
  #texts = 0

  constructor(seed: string) {
    this.#seed = seed
  }

  /** Every failing example of every rule, with secrets of its own. */
  examples(where: string): string[] {
    const fake = this.#fake(where)
    return rules.flatMap((rule) => rule.examples.fail(fake))
  }

  /** Of those, what can be one part of a path. */
  names(where: string): string[] {
    const before = this.secrets.length
    const names = this.examples(where).filter((text) => !/[/\n"]/.test(text) && text.length < 200)
    const isUsed = ({ piece }: Secret) =>
      [...encodings(piece).values()].some((written) => names.some((name) => name.includes(written)))
    this.secrets.push(...this.secrets.splice(before).filter(isUsed))
    return names
  }

  token(where: string): string {
    return this.#fake(where).sealed('ghp_', 30, crc32Base62)
  }

  password(where: string): string {
    return this.#fake(where).password(18)
  }

  /** One that somebody else made, such as the App's own key. */
  add(where: string, secret: string): void {
    const letters = secret.replaceAll(/-----[^-]+-----|\s|=/g, '')
    this.secrets.push({ where, piece: letters.slice(-40, -10) })
  }

  #fake(where: string): Fake {
    const fake = fakeTokens(`${this.#seed} ${where} ${this.#texts++}`)
    const plant = (value: string, from = 0) => {
      const piece = pieceOf(value, from)
      if (piece.length >= leastCharacters) this.secrets.push({ where, piece })
      return value
    }
    return {
      ...fake,
      token: (prefix, length, alphabet) => plant(fake.token(prefix, length, alphabet), prefix.length),
      sealed: (prefix, length, checksum) => plant(fake.sealed(prefix, length, checksum), prefix.length),
      password: (length) => plant(fake.password(length)),
      privateKey: (kind) => this.#key(where, fake.privateKey(kind)),
      jwt: (claims) => plant(fake.jwt(claims), 60),
    }
  }

  #key(where: string, key: string): string {
    this.add(where, key)
    return key
  }
}

/** A preview shows at most four characters, and none of a secret under 16. */
function pieceOf(value: string, from: number): string {
  const start = Math.max(from, value.length < 16 ? 0 : 4)
  return value.slice(start, start + 14)
}
