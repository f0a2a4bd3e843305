import { readFile } from 'node:fs/promises'

import { approversOf, assess } from '../../src/gates/reviews/assess.ts'
import { reviews } from '../../src/gates/reviews/reviews.ts'
import type { ReviewsPolicy } from '../../src/model/policy.ts'
import type { Outcome } from '../../src/model/verdict.ts'
import { UserError } from '../../src/std/user-error.ts'
import { gateInput } from '../../src/testing/gate-input.ts'
import { policyWith } from '../../src/testing/policy.ts'
import type { Score } from '../score.ts'
import { CannotImport } from './policy-bot/cannot-import.ts'
import { ApprovalCase, type Status, statuses } from './policy-bot/case.ts'
import { disapproval, importPolicyBot } from './policy-bot/import.ts'
import { situationOf } from './policy-bot/situation.ts'

/** What policy-bot says, in our words. That all rules are skipped is an error there, when it posts the status. */
const wanted: Readonly<Record<Status, Outcome>> = {
  approved: 'pass',
  pending: 'waiting',
  disapproved: 'fail',
  error: 'error',
  skipped: 'error',
}

/** Imports each row's policy, judges its pull request by the gate, and compares the outcome with the wanted one. */
export async function approvals(path: string): Promise<Score> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
  const judged = lines.map((line) => {
    const row = ApprovalCase.parse(JSON.parse(line))
    return { id: row.id, status: (row.portcullis ?? row.expect).status, ...judge(row) }
  })
  const isRight = ({ status, outcome }: (typeof judged)[number]) => outcome === wanted[status]
  const misses = judged.filter((one) => !isRight(one))
  return {
    right: judged.length - misses.length,
    total: judged.length,
    misses: misses.map(
      ({ id, status, outcome, why }) =>
        `${id} ${outcome === null ? why : `wanted ${wanted[status]}, got ${outcome}: ${why}`}`,
    ),
    table: [
      ['status', 'wanted', 'right', 'imported', 'cases'],
      ...statuses.map((status) => {
        const all = judged.filter((one) => one.status === status)
        const imported = all.filter(({ outcome }) => outcome !== null)
        return [
          status,
          wanted[status],
          ...[all.filter(isRight), imported, all].map((list) => `${list.length}`),
        ]
      }),
    ],
  }
}

interface Judged {
  /** Null where our policy cannot say what the row's policy says. */
  readonly outcome: Outcome | null
  readonly why: string
}

function judge(row: ApprovalCase): Judged {
  try {
    return judgeBy(importPolicyBot(row.policy), row)
  } catch (error) {
    if (error instanceof CannotImport) return { outcome: null, why: error.message }
    if (error instanceof UserError) return { outcome: 'error', why: error.message }
    throw error
  }
}

function judgeBy(imported: ReviewsPolicy, row: ApprovalCase): Judged {
  const teams = imported.requirements.flatMap(approversOf).filter((approver) => approver.startsWith('@'))
  const { change, facts } = situationOf(row, teams)
  const input = { ...gateInput({ policy: policyWith({ gates: { reviews: imported } }), facts }), change }
  const applying = assess({ ...input, facts }).requirements.filter(({ name }) => name !== disapproval)
  const result = reviews.evaluate(input)
  if (result.kind === 'not-evaluated') return { outcome: 'error', why: result.reason }
  const { findings, skips, waiting, lookedAt } = result
  const blocking = findings.find(({ severity }) => severity !== 'info')
  if (blocking !== undefined) return { outcome: 'fail', why: blocking.message }
  const skip = skips.find(({ blocks }) => blocks)
  if (skip !== undefined) return { outcome: 'error', why: skip.reason }
  if (applying.length === 0) return { outcome: 'error', why: 'no requirement applies' }
  const why = [lookedAt, ...findings.map(({ message }) => message)].join('; ')
  return { outcome: waiting.length > 0 ? 'waiting' : 'pass', why }
}
