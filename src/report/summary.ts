import type { Outcome, Verdict } from '../model/verdict.ts'
import type { CheckRunContext } from './check-run-context.ts'
import { code, prose } from './escape/markdown.ts'
import type { Parts } from './fit.ts'
import { gateTable } from './gate-table.ts'
import { protectionText } from './protection.ts'
import { sharedText } from './shared-head.ts'
import { shorten } from './shorten.ts'
import { skipTexts } from './skips.ts'
import { toDo } from './to-do.ts'
import { waitingTable } from './waiting-table.ts'
import { commandFor, count, policySource, short } from './words.ts'

/** What to do, in the order in which a person does it; then the gates, what was not looked at, and how to reproduce it. */
export function summaryOf(verdict: Verdict, context: CheckRunContext): Parts {
  const skips = skipTexts(verdict)
  return {
    parts: [
      modeText(verdict.outcome, context),
      sharedText(context.sharedBy),
      lead(verdict, context),
      toDo(verdict),
      // Of an error they are what has to be repaired, so nothing stands before them.
      ...(verdict.outcome === 'error' ? skips : []),
      gateTable(verdict),
      waitingTable(verdict.waiting),
      excused(verdict),
      protectionText(context.inspection, context.driftBlocks),
      ...(verdict.outcome === 'error' ? [] : skips),
    ],
    last: footer(verdict, context),
    leftOut: (number) => `${count(number, 'more part')} did not fit here${whereAll(verdict)}.`,
  }
}

/** Where everything can be read that GitHub has no room for. */
export function whereAll(verdict: Verdict): string {
  const command = commandFor(verdict)
  return command === null ? '' : `; ${code(command)} prints everything`
}

function modeText(outcome: Outcome, { mode }: CheckRunContext): string {
  if (mode.kind === 'enforce') return ''
  const then = mode.until === null ? 'Once the policy enforces' : `From ${mode.until} on the policy enforces`
  const would: Record<Outcome, string> = {
    pass: 'it would let this change pass',
    fail: 'it would block this change',
    waiting: 'it would ask for approvals first',
    error: 'a change that cannot be evaluated is blocked',
  }
  return `**Evaluate mode:** this check never blocks. ${then}; ${would[outcome]}.`
}

function lead({ outcome }: Verdict, context: CheckRunContext): string {
  switch (outcome) {
    case 'pass':
      return 'Nothing in this change breaks the policy.'
    case 'fail':
      return leadToFindings(context)
    case 'waiting':
      return context.isDraft
        ? 'Nothing is wrong with the change so far. It is a draft: reviewers are asked when it is ready.'
        : 'Nothing is wrong with the change itself. **It only needs people to approve it.**'
    case 'error':
      return '**Nothing is known to be wrong with this change: it could not be looked at as a whole.** Until it can, the check does not pass.'
  }
}

function leadToFindings({ on, branch, isDraft, mode }: CheckRunContext): string {
  if (on === 'push')
    return `The commits are on ${code(shorten(branch, 100))} already, so nothing holds them back any more.\n\n### To repair this`
  if (mode.kind === 'evaluate') return '### What would have to be done'
  return isDraft
    ? 'This is a draft, so there is time. Found so far:\n\n### To merge this'
    : '### To merge this'
}

/** What was found and does not count: said, so that nobody takes it for clean. */
function excused({ findings }: Verdict): string {
  const inBaseline = findings.filter(({ status }) => status === 'baseline').length
  const waived = findings.filter(({ status }) => status === 'waived').length
  const parts: string[] = []
  if (inBaseline > 0) parts.push(`${count(inBaseline, 'older finding')} in the baseline`)
  if (waived > 0) parts.push(`${count(waived, 'finding')} under a waiver or switched off`)
  if (parts.length === 0) return ''
  return `Not counted: ${parts.join(' and ')}.`
}

/** No time in it: two evaluations that say the same are the same text, and are written once. */
function footer(verdict: Verdict, { branch, baseTip }: CheckRunContext): string {
  const { tool, subject, gates } = verdict
  const target = `${shorten(branch, 100)}@${short(baseTip)}`
  const parts = [
    `${code(short(subject.head))} onto ${code(target)}`,
    policyText(verdict),
    `Portcullis ${prose(tool.version)}, rules ${code(tool.rulesDigest.slice(0, 15))}`,
  ]
  const command = commandFor(verdict)
  const hasReviews = gates.some(({ gate, outcome }) => gate === 'reviews' && outcome !== 'not-evaluated')
  const facts = hasReviews ? ' --facts FILE' : ''
  if (command !== null) parts.push(`${code(`${command}${facts}`)} gives the same verdict`)
  return `<sub>${parts.join(' · ')}</sub>`
}

function policyText(verdict: Verdict): string {
  const source = policySource(verdict)
  if (source === null) return 'no valid policy'
  return `policy ${code(shorten(source, 200))} (${code(verdict.policy.digest.slice(0, 15))})`
}
