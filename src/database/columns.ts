import { z } from 'zod'

/**
 * `bigint` as it comes out: a number from PGlite, a string from pg. GitHub's ids and our counters stay far below 2^53;
 * one that does not is refused, never rounded.
 */
export const BigInteger = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .pipe(z.int())

/**
 * A value for a `jsonb` column. PostgreSQL refuses NUL and half of a surrogate pair in one, and a hostile file name must
 * not stop a verdict from being kept: both become U+FFFD.
 */
export function asJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'string' ? storable(part) : part))
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{FFFD}')
}
