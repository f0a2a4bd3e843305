import type { FileChanges } from '../github-simulator/fast-import.ts'
import { crc32Base62 } from '../src/gates/secrets/evidence/checksum.ts'
import { fakeTokens } from '../src/testing/fake-token.ts'

/** One pull request of a repository whose policy asks for nobody's approval: only what was not read can stop it. */
export interface HostileChange {
  readonly name: string
  readonly changes: () => FileChanges
  /** Of the check, in any order of the lines. */
  readonly says: RegExp
  readonly conclusion: 'failure' | 'success'
}

const fake = fakeTokens('hostile')
const token = () => fake.sealed('ghp_', 30, crc32Base62)

export const policy =
  'gates:\n  secrets: { oversize: block }\n  iac: { unrendered: block }\n  reviews: { requirements: [{ name: none, count: 0, by: [write] }] }\n'

/** Nine levels of ten aliases: a thousand million values. */
export const yamlBomb = [
  'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
  ...Array.from(
    { length: 9 },
    (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(', ')}]`,
  ),
  '',
].join('\n')

/** Characters that rewrite a terminal or what is read. */
const hostileName = 'a\u001b[2J\u202egpj\u200b\r\u009b31m'

export const hostileChanges: readonly HostileChange[] = [
  {
    name: 'a YAML bomb',
    changes: () => ({
      'bomb.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: bomb }\n${yamlBomb}`,
    }),
    // Aliases are not written out, so all of it is read: one object.
    says: /iac \| no finding \| 1 object/,
    conclusion: 'success',
  },
  {
    name: 'YAML of 50,000 lines',
    changes: () => ({
      'long.yaml': `kind: ConfigMap\ndata:\n${'  a: b\n'.repeat(50_000).replaceAll(/a/g, () => `k${(count += 1)}`)}`,
    }),
    says: /Looked at/,
    conclusion: 'success',
  },
  {
    name: 'deep nesting',
    changes: () => ({ 'deep.yaml': `kind: ConfigMap\na: ${'['.repeat(50_000)}\n` }),
    says: /deep\.yaml/,
    conclusion: 'failure',
  },
  {
    name: 'a blob of 100 MB',
    changes: () => ({ 'big.bin': Buffer.alloc(100_000_000) }),
    says: /big\.bin.*100000000.*more than/,
    conclusion: 'failure',
  },
  {
    name: '10,000 changed files',
    changes: () =>
      Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`many/${at}.txt`, `${at}\n`])),
    says: /10000 blobs/,
    conclusion: 'success',
  },
  {
    name: 'names with escape sequences and bidirectional characters',
    changes: () => ({ [`${hostileName}/x.env`]: token(), [`${hostileName}.yaml`]: 'a: [\n' }),
    says: /\\x1b\[2J\\u202e|\\\\x1b/,
    conclusion: 'failure',
  },
]

let count = 0
