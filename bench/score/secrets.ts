import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'

import { z } from 'zod'

import { secrets as gate } from '../../src/gates/secrets/secrets.ts'
import { policyWith } from '../../src/testing/policy.ts'
import type { Score } from '../score.ts'

/** One text, base64, that holds a secret or does not. */
const Case = z.object({
  id: z.string(),
  source: z.string(),
  family: z.string(),
  kind: z.enum(['secret', 'benign']),
  class: z.string(),
  path: z.string(),
  text_b64: z.base64(),
})
type Case = z.infer<typeof Case>

interface Row {
  readonly name: string
  /** How many of the cases that should be found were. */
  readonly found: number
  readonly expected: number
  /** How many of the cases that should not be were all the same. */
  readonly wronglyFound: number
  readonly benign: number
}

/** A secret needs a finding of any rule, a benign text none. */
export async function secrets(path: string): Promise<Score> {
  const cases = await readCases(path)
  const scanner = gate.scan.prepare({ policy: policyWith(), fingerprintKey: null })
  const rows = new Map<string, Row>()
  const misses: string[] = []
  for (const row of cases) {
    const blob = { path: row.path === '' ? 'file.txt' : row.path, bytes: Buffer.from(row.text_b64, 'base64') }
    const { findings } = scanner.scan(blob)
    const isFound = findings.length > 0
    for (const name of ['all', `source ${row.source}`, `class ${row.class}`])
      rows.set(name, counted(rows.get(name) ?? empty(name), row, isFound))
    if (isFound === (row.kind === 'secret')) continue
    const what = isFound ? `false positive: ${findings.map(({ rule }) => rule).join(', ')}` : 'not found'
    misses.push(`${row.id} ${row.source} ${row.family} ${row.class}: ${what}`)
  }
  const sorted = [...rows.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const table = [['', 'recall', 'false positives'], ...sorted.map(toCells)]
  return { misses, table, right: cases.length - misses.length, total: cases.length }
}

function toCells({ name, found, expected, wronglyFound, benign }: Row): string[] {
  return [name, share(found, expected), share(wronglyFound, benign)]
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`
}

async function readCases(path: string): Promise<Case[]> {
  const bytes = await readFile(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Case.parse(JSON.parse(line)))
}

function empty(name: string): Row {
  return { name, found: 0, expected: 0, wronglyFound: 0, benign: 0 }
}

function counted(row: Row, { kind }: Case, isFound: boolean): Row {
  const hit = isFound ? 1 : 0
  return kind === 'secret'
    ? { ...row, found: row.found + hit, expected: row.expected + 1 }
    : { ...row, wronglyFound: row.wronglyFound + hit, benign: row.benign + 1 }
}
