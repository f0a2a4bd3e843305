import type { CheckRun, DryRunName } from '../model/check-run.ts'
import type { Policy } from '../model/policy.ts'
import type { Outcome, Verdict } from '../model/verdict.ts'
import { digest } from '../std/digest.ts'
import { annotationsOf } from './annotations.ts'
import type { CheckRunContext } from './check-run-context.ts'
import { fit } from './fit.ts'
import { summaryOf } from './summary.ts'
import { textOf } from './text.ts'
import { titleOf } from './title.ts'

interface Place {
  readonly head: string
  readonly evaluation: number
}

interface Judged extends Place {
  /** As the branch rule names it; the run's own name follows from the mode. */
  readonly check: string
  readonly verdict: Verdict
  readonly context: CheckRunContext
}

/**
 * The check run of a verdict. Name and conclusion are made in one place, here, because `neutral` under a required name
 * would let everything pass.
 */
export function checkRun(judged: Judged): CheckRun {
  const { check, verdict, context } = judged
  const content = {
    ...placeOf(judged),
    output: {
      title: titleOf(verdict, context),
      summary: fit(summaryOf(verdict, context)),
      text: fit(textOf(verdict)),
      annotations: annotationsOf(verdict, context),
    },
    actions: [rescan],
  }
  if (context.mode.kind === 'evaluate')
    return { ...content, name: dryRunName(check), state: { status: 'completed', conclusion: 'neutral' } }
  return { ...content, name: check, state: stateOf(verdict.outcome, context.report) }
}

/** Says that an evaluation is going on. */
export function progressRun({ name, ...place }: Place & { readonly name: string }): CheckRun {
  const summary = 'Portcullis is reading the change. This takes a few seconds, on a large change longer.'
  return {
    name,
    ...placeOf(place),
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
  return mode === 'evaluate' ? dryRunName(check) : check
}

function dryRunName(check: string): DryRunName {
  return `${check} (evaluate)`
}

/** The same for two runs that say the same, whichever evaluation made them. */
export function outputDigest({ name, headSha, state, output, actions }: CheckRun): string {
  return digest(JSON.stringify([name, headSha, state, output, actions]))
}

function placeOf({ head, evaluation }: Place) {
  return { headSha: head, externalId: String(evaluation) }
}

type RequiredState = Exclude<CheckRun['state'], { readonly conclusion: 'neutral' }>

function stateOf(outcome: Outcome, { waiting }: Policy['report']): RequiredState {
  switch (outcome) {
    case 'pass':
      return { status: 'completed', conclusion: 'success' }
    case 'fail':
    case 'error':
      return { status: 'completed', conclusion: 'failure' }
    case 'waiting':
      return waiting === 'in_progress'
        ? { status: 'in_progress' }
        : { status: 'completed', conclusion: 'action_required' }
  }
}
