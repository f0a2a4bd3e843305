import { z } from 'zod'

import { Actor } from '../model/facts.ts'
import { Outcome, Verdict } from '../model/verdict.ts'
import type { EvaluationRow } from '../ports/stores.ts'
import { BigInteger } from './columns.ts'

const Row = z.object({
  installation: BigInteger,
  repository: BigInteger,
  subject: z.string(),
  check_name: z.string(),
  number: BigInteger,
  head: z.string(),
  base: z.string().nullable(),
  trees: z.object({ base: z.string().nullable(), head: z.string().nullable() }),
  policy_digest: z.string(),
  policy_epoch: z.string().nullable(),
  rules_digest: z.string(),
  facts_digest: z.string(),
  approvals: z.array(z.object({ actor: Actor, commit: z.string(), tree: z.string().nullable() })),
  outcome: Outcome,
  verdict: Verdict,
  previous: BigInteger.nullable(),
})

/** A row of `evaluations`, as the port has it. */
export function evaluation(from: unknown): EvaluationRow {
  const row = Row.parse(from)
  return {
    installation: row.installation,
    repository: row.repository,
    subject: row.subject,
    check: row.check_name,
    number: row.number,
    head: row.head,
    base: row.base,
    trees: row.trees,
    policyDigest: row.policy_digest,
    policyEpoch: row.policy_epoch,
    rulesDigest: row.rules_digest,
    factsDigest: row.facts_digest,
    approvals: row.approvals,
    outcome: row.outcome,
    verdict: row.verdict,
    previous: row.previous,
  }
}
