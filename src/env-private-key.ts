import { createPrivateKey, type KeyObject } from 'node:crypto'

import type { EnvProblem } from './env-problem.ts'
import { Redacted } from './std/redacted.ts'

/** GitHub makes keys of 2,048 bits. */
const leastBits = 2048

/**
 * The App's private key, as PEM. Taken as it is, with `\n` in place of the ends of lines, or in base64, because not every
 * way to set a variable lets an end of line through. `name` is the setting's.
 */
export function readPrivateKey(name: string, text: string): Redacted | EnvProblem {
  const pem = asPem(text)
  const wrong = wrongKind(pem)
  if (wrong !== null) return problem(name, wrong)
  const key = parsed(pem)
  if (key === null) return problem(name, 'is damaged: it has the form of a private key, but cannot be read')
  const kind = wrongKey(key)
  return kind === null ? new Redacted(pem) : problem(name, kind)
}

function asPem(text: string): string {
  const trimmed = text.trim().replace(/^(["'])([\s\S]*)\1$/, '$2')
  const lines = trimmed
    .replaceAll(String.raw`\n`, '\n')
    .replaceAll('\r', '')
    .trim()
  if (lines.includes('-----BEGIN')) return `${lines}\n`
  const decoded = /^[A-Za-z0-9+/\s]+={0,2}$/.test(lines) ? Buffer.from(lines, 'base64').toString().trim() : ''
  return `${decoded.includes('-----BEGIN') ? decoded : lines}\n`
}

/** By its first line: what people take for the key that GitHub gave them. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN (?:RSA )?PUBLIC KEY-----/, 'is a public key'],
  [/-----BEGIN CERTIFICATE-----/, 'is a certificate'],
  [/-----BEGIN OPENSSH PRIVATE KEY-----/, 'is an SSH key'],
  [/-----BEGIN EC PRIVATE KEY-----/, 'is no RSA key'],
  [
    /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m,
    'is encrypted, and nobody is there to enter a passphrase',
  ],
]

function wrongKind(pem: string): string | null {
  for (const [pattern, sentence] of kinds) if (pattern.test(pem)) return sentence
  if (!/-----BEGIN (?:RSA )?PRIVATE KEY-----/.test(pem)) return 'is no private key in PEM form'
  return /-----END (?:RSA )?PRIVATE KEY-----/.test(pem) ? null : 'is cut off: its last line is missing'
}

/** Null where OpenSSL does not read it; its words quote nothing, but say nothing to a person either. */
function parsed(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

function wrongKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | null {
  if (asymmetricKeyType !== 'rsa') return 'is no RSA key'
  const isLong = (asymmetricKeyDetails?.modulusLength ?? 0) >= leastBits
  return isLong ? null : 'has fewer than 2048 bits, so it is not from GitHub'
}

function problem(name: string, sentence: string): EnvProblem {
  return {
    message: `${name} ${sentence}.`,
    remediation: "Use the .pem file that GitHub gave you under Private keys in the App's settings.",
  }
}
