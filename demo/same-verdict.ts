import { z } from 'zod'

import type { CheckRun } from '../github-simulator/state.ts'

const Verdict = z.object({
  outcome: z.enum(['pass', 'fail', 'waiting', 'error']),
  findings: z.array(
    z.object({
      rule: z.string(),
      path: z.string().nullable(),
      startLine: z.number().nullable(),
      blocks: z.boolean(),
    }),
  ),
})

const conclusions = { pass: 'success', fail: 'failure', waiting: 'action_required', error: 'failure' }

/** What the command line said, as JSON, and the App. Throws where they do not say the same. */
export function sameVerdict(json: string, run: CheckRun | undefined): { outcome: string; blocking: number } {
  const { outcome, findings } = Verdict.parse(JSON.parse(json))
  if (run?.conclusion !== conclusions[outcome])
    throw new Error(`the command line says ${outcome}, and the check run ${run?.conclusion}`)
  const blocking = findings.filter(({ blocks }) => blocks)
  for (const { rule, path, startLine } of blocking) {
    const isThere = run.text?.includes(rule) === true && run.text.includes(`${path}:${startLine}`)
    if (!isThere) throw new Error(`the check run does not say ${rule} in ${path}:${startLine}`)
  }
  return { outcome, blocking: blocking.length }
}
