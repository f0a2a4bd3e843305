import assert from 'node:assert/strict'
import { describe, it } from 'node:test'

import type { ChangedFile } from '../model/change.ts'
import { policyWith } from '../testing/policy.ts'
import { buildEstate } from './build-estate.ts'

const { limits } = policyWith()

function added(path: string, oid: string): ChangedFile {
  return { path, status: 'added', base: null, head: { oid, kind: 'file' } }
}

async function skipsUnder(given: Partial<typeof limits>) {
  const texts = ['kind: A\napiVersion: v1\n', 'kind: B\napiVersion: v1\nspec: { a: { b: 1 } }\n']
  const repository = {
    async *blobs(oids: readonly string[]) {
      for (const oid of oids) yield { oid, bytes: Buffer.from(texts[Number(oid)] ?? '') }
    },
  }
  const files = [added('a.yaml', '0'), added('b.yaml', '1')]
  const { head } = await buildEstate(repository, files, policyWith({ limits: { ...limits, ...given } }))
  return head.skips.map(({ path, reason, blocks }) => [path, /limits\.\w+/.exec(reason)?.[0], blocks])
}

describe('buildEstate', () => {
  for (const [name, given, expected] of [
    ['reads what stays within the limits', {}, []],
    [
      'stops at limits.yaml_nodes over all files',
      { yaml_nodes: 12 },
      [['b.yaml', 'limits.yaml_nodes', true]],
    ],
    ['stops at limits.yaml_depth', { yaml_depth: 2 }, [['b.yaml', 'limits.yaml_depth', true]]],
  ] as const) {
    it(name, async () => assert.deepEqual(await skipsUnder(given), expected))
  }
})
