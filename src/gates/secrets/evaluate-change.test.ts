import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { ChangedFile, Commit, Text } from '../../model/change.ts'
import type { ScannedBlob } from '../../model/gate.ts'
import { Redacted } from '../../std/redacted.ts'
import { fakeTokens } from '../../testing/fake-token.ts'
import { evaluated, gateInput } from '../../testing/gate-input.ts'
import { policyWith } from '../../testing/policy.ts'
import { crc32Base62 } from './evidence/checksum.ts'
import { secrets } from './secrets.ts'

const fake = fakeTokens('evaluate')
const token = fake.sealed('ghp_', 30, crc32Base62)
const scanner = secrets.scan.prepare({ policy: policyWith(), fingerprintKey: new Redacted('key') })
const [first, second] = ['a'.repeat(40), 'b'.repeat(40)]
const commits = [first, second].map((oid): Commit => {
  const person = { name: 'A', email: 'a@example.com', at: 0 }
  return { oid, parents: [], tree: oid, author: person, committer: person, coAuthors: [], message: '' }
})

/** A blob as a commit adds it; what it is called says what is in it. */
function added(path: string, text: string, commit = first): ScannedBlob {
  const bytes = Buffer.from(text)
  const blob = {
    oid: Buffer.from(text).toString('hex').padEnd(40, '0').slice(-40),
    path,
    kind: 'file',
    commit,
    size: bytes.length,
  } as const
  return { blob, scan: scanner.scan({ path, bytes }) }
}

function atHead({ blob }: ScannedBlob): ChangedFile {
  return { path: blob.path, status: 'added', base: null, head: { oid: blob.oid, kind: 'file' } }
}

function judge(
  scanned: ScannedBlob[],
  head: ScannedBlob[],
  { texts = [], base = [] }: { texts?: Text[]; base?: ScannedBlob[] } = {},
) {
  const change = { commits, files: head.map(atHead) }
  return evaluated(secrets.evaluate(gateInput({ change, scanned, scannedBase: base, texts, scanner })))
}

describe('secrets', () => {
  it('names the commit that added a secret which stands at head', () => {
    const old = added('a', token, first)
    const now = added('a', `\n\n${token}`, second)

    const [finding, ...more] = judge([old, now], [now]).findings

    assert.deepEqual([finding?.startLine, finding?.commit, finding?.side, more], [3, first, 'head', []])
    assert.match(finding?.message ?? '', /; added in aaaaaaaa\.$/)
  })

  it('says that a secret which was removed again is still in the history', () => {
    const removed = added('a', token, first)
    const now = added('a', 'nothing', second)

    const [finding] = judge([removed, now], [now]).findings

    assert.equal(finding?.commit, first)
    assert.match(finding?.message ?? '', /removed again, but still in the history/)
    assert.match(finding?.remediation ?? '', /rewrite the branch without aaaaaaaa/)
  })

  it('makes one finding of a secret in several files, at one that the head has', () => {
    const gone = added('a', token)
    const here = added('z', `${token}\n\nx: ${token}`, second)

    const { findings } = judge([gone, here], [here])

    assert.deepEqual(
      findings.map(({ path, startLine, places }) => [
        path,
        startLine,
        places.map((p) => [p.path, p.startLine, p.commit]),
      ]),
      [
        [
          'z',
          1,
          [
            ['z', 3, second],
            ['a', 1, first],
          ],
        ],
      ],
    )
  })

  it('gives the same result for blobs in another order', () => {
    const blobs = [
      added('a', token),
      added('b', `\n${token}`, second),
      added('c', fake.token('hf_', 34, 'abcdefgh')),
    ]

    assert.deepEqual(judge(blobs, blobs), judge(blobs.toReversed(), blobs))
  })

  it('only tells of a secret that the merge base has at the same path', () => {
    const base = [added('a', token)]
    const now = added('a', `more\n${token}`, second)

    const [finding, ...more] = judge([now], [now], { base }).findings

    assert.deepEqual([finding?.severity, finding?.commit, more], ['info', null, []])
    assert.match(finding?.message ?? '', /there before this change, and still has to be revoked/)
  })

  for (const [name, path, text] of [
    ['at another path', 'b', token],
    ['another one at the same path', 'a', fake.sealed('ghp_', 30, crc32Base62)],
  ] as const) {
    it(`holds a secret ${name} against the change`, () => {
      const now = added(path, text, second)

      const { findings } = judge([now], [now], { base: [added('a', token)] })

      assert.deepEqual(
        findings.map((finding) => [finding.severity, finding.path, finding.commit]),
        [['critical', path, second]],
      )
    })
  }

  it('names the old place of a secret that the change copies, and blames the new one', () => {
    const [old, copy] = [added('a', `x\n${token}`), added('z', token, second)]

    const [finding, ...more] = judge([old, copy], [old, copy], { base: [added('a', token)] }).findings

    assert.deepEqual([finding?.path, finding?.severity, more], ['z', 'critical', []])
    assert.deepEqual(finding?.places, [{ path: 'a', startLine: 2, commit: null, side: 'head' }])
  })

  for (const [kind, severity] of [
    ['commit-message', 'critical'],
    ['ref', 'critical'],
    ['path', 'critical'],
    ['title', 'info'],
    ['body', 'info'],
    ['comment', 'info'],
  ] as const) {
    it(`finds a secret in a ${kind}, of severity ${severity}`, () => {
      const { findings } = judge([], [], {
        texts: [{ kind, text: `x ${token} y`, side: 'head', commit: first }],
      })

      assert.deepEqual(
        findings.map((finding) => [finding.severity, finding.path, finding.startLine, finding.commit]),
        [[severity, null, null, first]],
      )
      assert.match(findings[0]?.remediation ?? '', / Then (?:reword|rename|edit|delete) /)
    })
  }

  it('fails closed: texts that it could not look at are a skip that blocks', () => {
    const texts: Text[] = [{ kind: 'title', text: 'a', side: 'head', commit: null }]

    const { skips } = evaluated(secrets.evaluate(gateInput({ texts, scanner: null })))

    assert.deepEqual(
      skips.map(({ blocks }) => blocks),
      [true],
    )
  })

  it('hands on what a scan left out, and says what was looked at', () => {
    const policy = policyWith()
    const small = secrets.scan.prepare({
      policy: { ...policy, gates: { ...policy.gates, secrets: { ...policy.gates.secrets, max_blob: 1 } } },
      fingerprintKey: null,
    })
    const { blob } = added('a', 'abc')
    const scanned = [{ blob, scan: small.scan({ path: 'a', bytes: Buffer.from('abc') }) }]

    const result = judge(scanned, [])

    assert.deepEqual([result.skips.length, result.skips[0]?.blocks], [1, true])
    assert.equal(result.lookedAt, '0 blobs in 2 commits')
  })

  it('never shows the secret', () => {
    const blobs = [added('a', token), added('b', `p: ${fake.base64(token)}`, second)]

    const text = JSON.stringify(
      judge(blobs, blobs, { texts: [{ kind: 'body', text: token, side: 'head', commit: null }] }),
    )

    assert.ok(!text.includes(token.slice(4, 12)) && !text.includes('identity'))
  })

  it('gives a token whose checksum is wrong as a notice, which no policy blocks', () => {
    const notice = scanner.scan({ path: 'a', bytes: Buffer.from(fake.token('ghp_', 36)) }).findings[0]

    assert.equal(notice?.severity, 'info')
  })
})
