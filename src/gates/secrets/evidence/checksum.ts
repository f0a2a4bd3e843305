import { crc32 } from 'node:zlib'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/**
 * The last six characters of a GitHub or npm token: CRC-32 of the characters between prefix and checksum, in base 62.
 * https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function crc32Base62(body: string): string {
  let rest = crc32(body)
  let text = ''
  while (rest > 0) {
    text = `${base62[rest % 62]}${text}`
    rest = Math.floor(rest / 62)
  }
  return text.padStart(6, '0')
}

/** CRC-32 as eight hexadecimal digits, at the end of a Grafana service account token. */
export function crc32Hex(body: string): string {
  return crc32(body).toString(16).padStart(8, '0')
}
