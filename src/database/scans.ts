import type { Kysely } from 'kysely'

import type { Scan } from '../model/gate.ts'
import { scanKey, type ScanKey, type Scans, type ScansOf } from '../ports/stores.ts'
import { digest } from '../std/digest.ts'
import type { Clock } from './clock.ts'
import { asJson } from './columns.ts'
import { StoredScan } from './scan-row.ts'
import type { Tables } from './tables.ts'

/** Rows a statement. The protocol allows 65,535 parameters in one, and each row takes four. */
const batch = 1_000

/** Results of a gate's scan, by what they depend on. */
export function scans(database: Kysely<Tables>, clock: Clock): Scans {
  return {
    async get(of, keys) {
      const wanted = new Map(keys.map((key) => [rowKey(of, key), scanKey(key)]))
      const found = new Map<string, Scan>()
      for (const some of batches([...wanted.keys()])) {
        const rows = await database
          .selectFrom('scans')
          .select(['key', 'scan'])
          .where('installation', '=', of.installation)
          .where('key', 'in', some)
          .execute()
        for (const { key, scan } of rows) found.set(wanted.get(key) ?? '', StoredScan.parse(scan))
      }
      return found
    },

    async put(of, given) {
      // By key, because one statement may not write a row twice.
      const rows = new Map(given.map(({ key, scan }) => [rowKey(of, key), scan]))
      const keptAt = clock.now()
      for (const some of batches([...rows]))
        await database
          .insertInto('scans')
          .values(
            some.map(([key, scan]) => ({
              installation: of.installation,
              key,
              scan: asJson(scan),
              kept_at: keptAt,
            })),
          )
          .onConflict((conflict) =>
            conflict.columns(['installation', 'key']).doUpdateSet((at) => ({
              scan: at.ref('excluded.scan'),
              kept_at: at.ref('excluded.kept_at'),
            })),
          )
          .execute()
    },
  }
}

/** A digest: an index entry holds at most 2,704 bytes, and a path may be longer than that. */
function rowKey(of: ScansOf, { oid, path }: ScanKey): string {
  return digest(of.gate, of.version, of.digest, oid, path)
}

function batches<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / batch)
  return Array.from({ length: count }, (_, index) => items.slice(index * batch, (index + 1) * batch))
}
