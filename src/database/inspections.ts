import type { Kysely } from 'kysely'

import { EffectiveRules } from '../model/facts.ts'
import type { Inspections } from '../ports/stores.ts'
import type { Clock } from './clock.ts'
import { asJson } from './columns.ts'
import type { Tables } from './tables.ts'

/** The rules of a branch, as they were last read. */
export function inspections(database: Kysely<Tables>, clock: Clock): Inspections {
  return {
    async put({ installation, repository }, branch, rules) {
      const seen = { rules: asJson(rules), inspected_at: clock.now() }
      await database
        .insertInto('inspections')
        .values({ installation, repository, branch, ...seen })
        .onConflict((conflict) =>
          conflict.columns(['installation', 'repository', 'branch']).doUpdateSet(seen),
        )
        .execute()
    },

    async latest({ installation, repository }, branch) {
      const row = await database
        .selectFrom('inspections')
        .select('rules')
        .where('installation', '=', installation)
        .where('repository', '=', repository)
        .where('branch', '=', branch)
        .executeTakeFirst()
      return row === undefined ? null : EffectiveRules.parse(row.rules)
    },
  }
}
