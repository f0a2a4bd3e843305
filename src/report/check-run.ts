import type { CheckRun } from '../model/check-run.ts'
import type { Inspection } from '../model/inspection.ts'
import type { Policy } from '../model/policy.ts'
import type { Outcome, Verdict } from '../model/verdict.ts'
import { digest } from '../std/digest.ts'
import { annotationsOf } from './annotations.ts'
import { fit } from './fit.ts'
import { summaryOf } from './summary.ts'
import { textOf } from './text.ts'
import { titleOf } from './title.ts'

/** What a check run says beside the verdict. */
export interface CheckRunContext {
  readonly branch: string
  /** Tip of the base branch. */
  readonly baseTip: string | null
  readonly mode: { readonly kind: 'enforce' } | { readonly kind: 'evaluate'; readonly until: string | null }
  readonly isDraft: boolean
  /** Every pull request that has this head under this check, this one included; the run carries the worst. */
  readonly sharedBy: readonly { readonly subject: string; readonly outcome: Outcome }[]
  readonly inspection: Inspection | null
  readonly report: Policy['report']
  /** Whether a line of the head is part of the final diff. */
  linesInDiff(path: string, line: number): boolean
}

interface Place {
  readonly name: string
  readonly head: string
  readonly evaluation: number
}

/** The check run of a verdict. Under a required name only what blocks or passes is ever concluded, never `neutral`. */
export function checkRun(
  input: Place & { readonly verdict: Verdict; readonly context: CheckRunContext },
): CheckRun {
  const { verdict, context } = input
  return {
    ...place(input),
    state: stateOf(verdict.outcome, context),
    output: {
      title: titleFor(verdict, context),
      summary: fit(summaryOf(verdict, context)),
      text: fit(textOf(verdict)),
      annotations: annotationsOf(verdict, context),
    },
    actions: [rescan],
  }
}

/** Says that an evaluation is going on. */
export function progressRun(input: Place): CheckRun {
  const summary = 'Portcullis is reading the change. This takes a few seconds, on a large change longer.'
  return {
    ...place(input),
    state: { status: 'in_progress' },
    output: { title: 'Evaluating', summary, text: '', annotations: [] },
    actions: [],
  }
}

/** The button that every completed run has. */
export const rescan = {
  label: 'Re-check now',
  description: 'Read everything again and evaluate',
  identifier: 'rescan',
}

/** The name under which a rule's check is posted. A dry run never has the required name. */
export function checkName(check: string, { mode }: Pick<Policy, 'mode'>): string {
  return mode === 'evaluate' ? `${check} (evaluate)` : check
}

/** The same for two runs that say the same, whichever evaluation made them. */
export function outputDigest({ name, headSha, state, output, actions }: CheckRun): string {
  return digest(JSON.stringify([name, headSha, state, output, actions]))
}

function place({ name, head, evaluation }: Place) {
  return { name, headSha: head, externalId: String(evaluation) }
}

function stateOf(outcome: Outcome, { mode, report }: CheckRunContext): CheckRun['state'] {
  if (mode.kind === 'evaluate') return { status: 'completed', conclusion: 'neutral' }
  switch (outcome) {
    case 'pass':
      return { status: 'completed', conclusion: 'success' }
    case 'fail':
    case 'error':
      return { status: 'completed', conclusion: 'failure' }
    case 'waiting':
      return report.waiting === 'in_progress'
        ? { status: 'in_progress' }
        : { status: 'completed', conclusion: 'action_required' }
  }
}

function titleFor(verdict: Verdict, { mode, isDraft }: CheckRunContext): string {
  const title = titleOf(verdict)
  if (mode.kind === 'evaluate') return `Evaluate mode: ${title}`
  return isDraft && verdict.outcome !== 'pass' ? `Draft: ${title}` : title
}
