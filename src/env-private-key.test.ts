import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { readPrivateKey } from './env-private-key.ts'
import { Redacted } from './std/redacted.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const base64 = Buffer.from(pem).toString('base64')

describe('readPrivateKey', () => {
  for (const [name, text] of [
    ['as it is', pem],
    ['with \\n for the ends of lines', pem.replaceAll('\n', String.raw`\n`)],
    ['with ends of lines as on Windows', pem.replaceAll('\n', '\r\n')],
    ['in quotes', `"${pem}"`],
    ['with blanks around it', `\n  ${pem}  \n`],
    ['in base64', base64],
    ['in base64 of several lines', base64.replaceAll(/.{76}/g, '$&\n')],
  ] as const) {
    it(`reads a key ${name}`, () => {
      const key = readPrivateKey('PRIVATE_KEY', text)

      assert.ok(key instanceof Redacted)
      assert.equal(key.expose(), pem)
    })
  }

  it('reads a key as PKCS #8', () => {
    const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

    assert.ok(readPrivateKey('PRIVATE_KEY', text) instanceof Redacted)
  })

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const cipher = { cipher: 'aes-256-cbc', passphrase: 'a passphrase' }
  const openssh = ['-----BEGIN OPENSSH', 'PRIVATE KEY-----'].join(' ')
  const certificate = ['-----BEGIN', 'CERTIFICATE-----'].join(' ')

  for (const [name, text, sentence] of [
    ['a public key', publicKey.export({ type: 'spki', format: 'pem' }), 'is a public key'],
    ['a public key as PKCS #1', publicKey.export({ type: 'pkcs1', format: 'pem' }), 'is a public key'],
    ['a certificate', `${certificate}\nMII\n`, 'is a certificate'],
    ['an SSH key', `${openssh}\nb3Bl\n`, 'is an SSH key'],
    ['a key on a curve', ec.export({ type: 'pkcs8', format: 'pem' }), 'is no RSA key'],
    ['a key on a curve as SEC 1', ec.export({ type: 'sec1', format: 'pem' }), 'is no RSA key'],
    [
      'a short key',
      short.export({ type: 'pkcs8', format: 'pem' }),
      'has fewer than 2048 bits, so it is not from GitHub',
    ],
    [
      'an encrypted key',
      privateKey.export({ type: 'pkcs8', format: 'pem', ...cipher }),
      'is encrypted, and nobody is there to enter a passphrase',
    ],
    [
      'an encrypted key as PKCS #1',
      privateKey.export({ type: 'pkcs1', format: 'pem', ...cipher }),
      'is encrypted, and nobody is there to enter a passphrase',
    ],
    ['a key without its end', pem.slice(0, -40), 'is cut off: its last line is missing'],
    ['a key of which a part is missing', pem.slice(0, 400) + pem.slice(700), damaged()],
    ['another text', 'hunter2', 'is no private key in PEM form'],
    ['nothing', '', 'is no private key in PEM form'],
    ['another text in base64', 'aHVudGVyMg==', 'is no private key in PEM form'],
  ] as const) {
    it(`says what is wrong with ${name}`, () => {
      const problem = readPrivateKey('PRIVATE_KEY', text.toString())

      assert.ok(!(problem instanceof Redacted))
      assert.equal(problem.message, `PRIVATE_KEY ${sentence}.`)
    })
  }

  it('reads any text as a key, or says what is wrong', () => {
    const cut = fc
      .tuple(fc.nat(pem.length), fc.nat(pem.length), fc.string())
      .map(([from, to, put]) => pem.slice(0, from) + put + pem.slice(to))

    fc.assert(
      fc.property(fc.oneof(cut, fc.string()), (text) => {
        const read = readPrivateKey('PRIVATE_KEY', text)

        assert.ok(read instanceof Redacted || read.message.startsWith('PRIVATE_KEY '))
      }),
    )
  })
})

function damaged(): string {
  return 'is damaged: it has the form of a private key, but cannot be read'
}
