import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import * as fc from 'fast-check'

import { Redacted } from '../../std/redacted.ts'
import { fakeTokens } from '../../testing/fake-token.ts'
import { policyWith } from '../../testing/policy.ts'
import { crc32Base62 } from './evidence/checksum.ts'
import { hex } from './fake.ts'
import { secrets } from './secrets.ts'

const fake = fakeTokens('secrets')
const key = new Redacted('a key of a test')
const scanner = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: key })

describe('scan', () => {
  for (const [name, encode] of [
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-16LE with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['UTF-16LE', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-32', (text: string) => Buffer.from(Array.from(text).flatMap((c) => [c.charCodeAt(0), 0, 0, 0]))],
    ['ASCII behind a byte order mark of UTF-16', (text: string) => Buffer.from(`\xff\xfe${text}`, 'latin1')],
    ['a binary', (text: string) => Buffer.concat([Buffer.from([0x7f, 0x45, 0, 1, 0xff]), Buffer.from(text)])],
    ['base64', (text: string) => Buffer.from(`blob: ${fake.base64(text)}`)],
    ['base64 in base64', (text: string) => Buffer.from(`blob: ${fake.base64(fake.base64(text))}`)],
    [
      'hexadecimal digits',
      (text: string) => Buffer.from(`blob: ${Buffer.from(`a ${text}`).toString('hex')}`),
    ],
    ['an escaped string', (text: string) => Buffer.from(JSON.stringify(`a\n${text}\n`))],
    ['an escaped URL', (text: string) => Buffer.from(`?a%3D${text}`)],
  ] satisfies [string, (text: string) => Uint8Array][]) {
    it(`finds a token in ${name}`, () => {
      const token = fake.sealed('ghp_', 30, crc32Base62)

      const { findings } = scanner.scan({ path: 'a', bytes: encode(token) })

      assert.deepEqual(
        findings.map(({ rule, severity }) => [rule, severity]),
        [['secrets/github-personal-access-token', 'critical']],
      )
    })
  }

  it('says where, in lines and characters', () => {
    const token = fake.sealed('ghp_', 30, crc32Base62)

    const [finding] = scan(`a: 1\né: ü ${token} # gitleaks:allow\n`)

    assert.deepEqual(
      [finding?.startLine, finding?.startColumn, finding?.endLine, finding?.endColumn, finding?.preview],
      [2, 6, 2, 46, 'ghp_… (40 characters)'],
    )
  })

  it('is not silenced by what a comment asks for', () => {
    const line = `token: ${fake.sealed('ghp_', 30, crc32Base62)}`
    for (const comment of ['gitleaks:allow', 'trufflehog:ignore', 'pragma: allowlist secret', 'nosecret'])
      assert.equal(scan(`# ${comment}\n${line} # ${comment}\n`).length, 1, comment)
  })

  it('reports a token whose checksum is wrong as a notice', () => {
    const [finding] = scan(`see ${fake.token('ghp_', 35)}_`.replace(/_$/, '0'))

    assert.equal(finding?.severity, 'info')
    assert.match(finding?.message ?? '', /checksum does not fit/)
  })

  for (const [name, token, count] of [
    ['takes what has no checksum for a piece of a longer word', fake.token('dop_v1_', 64, hex), 0],
    ['takes a token whose checksum fits from the middle of a word', fake.sealed('ghp_', 30, crc32Base62), 1],
  ] as const) {
    it(name, () => assert.equal(scan(`a${token}b`).length, count))
  }

  it('makes one finding of a secret that stands twice', () => {
    const token = fake.sealed('ghp_', 30, crc32Base62)

    const findings = scan(`a: ${token}\n\nb: ${token}\n`)

    assert.deepEqual(
      findings.map(({ startLine, places }) => [startLine, places.map((place) => place.startLine)]),
      [[1, [3]]],
    )
  })

  it('finds two secrets in one encoded value', () => {
    const text = `A=${fake.sealed('ghp_', 30, crc32Base62)}\nB=${fake.token('dop_v1_', 64, hex)}\n`

    assert.equal(scan(`blob: ${fake.base64(text)}`).length, 2)
  })

  it('names what a Secret holds in base64 of several lines', () => {
    const lines = fake
      .base64(`a: b\ntoken: ${fake.sealed('ghp_', 30, crc32Base62)}\n`)
      .replaceAll(/.{20}/g, '$&\n    ')

    const rules = scan(`kind: Secret\ndata:\n  .env: |\n    ${lines}\n`).map(({ rule }) => rule)

    assert.deepEqual(rules, ['secrets/github-personal-access-token'])
  })

  it('does not take a made-up token for an excuse of the password beside it', () => {
    const found = scan(`password: ${fake.password(16)}-${fake.token('ghp_', 36)}`)

    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['secrets/generic-assignment'],
    )
  })

  it('takes the worst place of a secret for its finding', () => {
    const password = fake.password(20)

    const found = scan(`password: ${password}\n---\nkind: Secret\nstringData:\n  p: ${password}\n`)

    assert.deepEqual(
      found.map(({ rule, startLine, places }) => [rule, startLine, places.map((place) => place.startLine)]),
      [['secrets/kubernetes-secret', 5, [1]]],
    )
  })

  it('finds a secret at the end of a line of 2 MB', () => {
    const token = fake.sealed('ghp_', 30, crc32Base62)

    const [finding] = scan(`{"a":"${'é '.repeat(700_000)}","b":"${token}"}`)

    assert.equal(finding?.startColumn, 1_400_014)
  })

  it('keeps a fingerprint when lines move, and changes it with the path and the key', () => {
    const token = fake.sealed('ghp_', 30, crc32Base62)
    const other = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: new Redacted('another') })
    const none = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: null })
    const print = (by: typeof scanner, path: string, text: string) =>
      by.scan({ path, bytes: Buffer.from(text) }).findings[0]?.fingerprint ?? ''

    assert.match(print(scanner, 'a', token), /^[0-9a-f]{32}$/)
    assert.equal(print(scanner, 'a', token), print(scanner, 'a', `\n\n  x: ${token}`))
    assert.notEqual(print(scanner, 'a', token), print(scanner, 'b', token))
    assert.notEqual(print(scanner, 'a', token), print(other, 'a', token))
    assert.match(print(none, 'a', token), /^p:[0-9a-f]{32}$/)
    assert.equal(print(none, 'a', token), print(none, 'a', fake.sealed('ghp_', 30, crc32Base62)))
    assert.equal(new Set([scanner.digest, other.digest, none.digest]).size, 3)
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 20 }), (bytes, path) => {
        scanner.scan({ path, bytes })
      }),
    )
  })

  it('finds a planted token between any bytes, and never shows it', () => {
    const around = fc.array(
      fc.constantFrom(' ', '\n', '"', ':', '{', 'kind: Secret\n', 'data:\n', '---\n', 'é'),
    )
    fc.assert(
      fc.property(around, around, fc.boolean(), (before, after, isEncoded) => {
        const token = fake.sealed('ghp_', 30, crc32Base62)
        const text = isEncoded ? fake.base64(`x ${token}`) : token

        const result = scanner.scan({
          path: 'a.yaml',
          bytes: Buffer.from(`${before.join('')} ${text} ${after.join('')}`),
        })

        assert.ok(result.findings.some((finding) => finding.rule === 'secrets/github-personal-access-token'))
        assert.ok(!JSON.stringify(result).includes(token.slice(4, 12)))
      }),
    )
  })
})

describe('what the policy says', () => {
  const { gates } = policyWith()
  const token = Buffer.from(fake.sealed('ghp_', 30, crc32Base62))
  const under = (given: Partial<typeof gates.secrets>) =>
    secrets.scan.prepare({
      policy: policyWith({ gates: { secrets: { ...gates.secrets, ...given } } }),
      fingerprintKey: key,
    })

  for (const [name, given, path, skips] of [
    ['leaves out what exclude names', { exclude: ['docs/**'] }, 'docs/a.md', [false]],
    ['leaves out what include does not name', { include: ['apps/**'] }, 'docs/a.md', [false]],
    ['blocks on a blob that is too large', { max_blob: 10 }, 'a', [true]],
    ['warns of a blob that is too large', { max_blob: 10, oversize: 'warn' }, 'a', [false]],
  ] as const) {
    it(name, () => {
      const result = under(given).scan({ path, bytes: token })

      assert.deepEqual([result.findings.length, result.skips.map((skip) => skip.blocks)], [0, skips])
    })
  }

  const rule = {
    id: 'custom/acme-token',
    title: 'Acme token',
    pattern: 'acme_[a-z0-9]{32}',
    keywords: ['acme_'],
    examples: { match: [], ignore: [] },
  }

  it('finds what its own rules look for', () => {
    const text = `a\nb: ${fake.token('acme_', 32, hex)}`

    const { findings } = under({ custom: [rule] }).scan({ path: 'a', bytes: Buffer.from(text) })

    assert.deepEqual(
      findings.map((finding) => [finding.rule, finding.startLine, finding.startColumn]),
      [['custom/acme-token', 2, 4]],
    )
  })

  it('says that one of its own rules found too much to look at', () => {
    const text = Array.from({ length: 1001 }, () => fake.token('acme_', 32, hex)).join(' ')

    const { skips } = under({ custom: [rule] }).scan({ path: 'a', bytes: Buffer.from(text) })

    assert.deepEqual(
      skips.map(({ path, blocks }) => [path, blocks]),
      [['a', true]],
    )
  })

  for (const [name, given] of [
    ['a back-reference', { pattern: '(a)\\1' }],
    ['look-around', { pattern: 'acme_(?=x)' }],
    ['no keyword', { keywords: [] }],
    ['a keyword that is everywhere', { keywords: ['a'] }],
  ] as const) {
    it(`refuses a rule with ${name}`, () => {
      assert.throws(() => under({ custom: [{ ...rule, ...given }] }), {
        name: 'UserError',
        code: 'policy-invalid',
      })
    })
  }

  it('gives results of another policy another digest', () => {
    const digests = [{}, { custom: [rule] }, { exclude: ['a'] }, { max_blob: 1 }].map(
      (given) => under(given).digest,
    )

    assert.equal(new Set(digests).size, digests.length)
  })
})

function scan(text: string) {
  return scanner.scan({ path: 'a.yaml', bytes: Buffer.from(text) }).findings
}
