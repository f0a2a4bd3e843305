import type { Outcome, Verdict } from '../model/verdict.ts'
import { answerOf } from './answer.ts'
import type { CheckRunContext } from './check-run-context.ts'
import { visible } from './escape/visible.ts'
import { blamed } from './shared-head.ts'
import { cutTo, shorten } from './shorten.ts'

/** More does not fit beside the merge button. In bytes GitHub takes 255. */
const limits = { characters: 80, bytes: 255 }

type TitleContext = Pick<CheckRunContext, 'branch' | 'mode' | 'isDraft' | 'on' | 'sharedBy'>

/** The answer on one line: what stops the change and who acts next. The longest wording that fits. */
export function titleOf(verdict: Verdict, context: TitleContext): string {
  const { what, next } = answerOf(verdict)
  const { before, after } = frameOf(verdict.outcome, next, context)
  const wordings = what.map((words) => `${before} ${words}${after}`)
  wordings.push(`${before} ${what.at(-1) ?? ''}`)
  const fitting = wordings.find((wording) => cutTo(wording, limits) === wording)
  return fitting ?? cutTo(wordings.at(-1) ?? '', limits)
}

interface Frame {
  readonly before: string
  readonly after: string
}

const words = {
  enforce: { pass: 'Passed:', fail: 'Blocked:', waiting: 'Waiting for', error: 'Cannot evaluate:' },
  evaluate: {
    pass: 'Would pass:',
    fail: 'Would block:',
    waiting: 'Would wait for',
    error: 'Could not evaluate:',
  },
} as const satisfies Record<CheckRunContext['mode']['kind'], Record<Outcome, string>>

const bare = { fail: 'Blocked', waiting: 'Waiting', error: 'Cannot evaluate' } as const

function frameOf(outcome: Outcome, next: string | null, context: TitleContext): Frame {
  const { mode, on, branch, isDraft } = context
  if (mode.kind === 'evaluate') {
    const until = mode.until === null ? '' : ` until ${mode.until}`
    return { before: words.evaluate[outcome], after: ` (evaluate mode${until})` }
  }
  const after = next === null ? '' : ` (${next})`
  const others = blamed(context.sharedBy, outcome)
  if (others !== null && outcome !== 'pass') return { before: `${bare[outcome]} (${others}):`, after }
  if (on === 'push' && outcome === 'fail')
    return { before: `Already on ${visible(shorten(branch, 24))}:`, after: ' (repair it there)' }
  if (isDraft && outcome !== 'pass' && context.sharedBy.length < 2) return draft(outcome)
  return { before: words.enforce[outcome], after }
}

/** Whoever works on a draft wants to know what is wrong so far; nobody is asked yet. */
function draft(outcome: Exclude<Outcome, 'pass'>): Frame {
  const after = '; reviewers are asked when it is ready'
  switch (outcome) {
    case 'fail':
      return { before: 'Draft:', after }
    case 'error':
      return { before: 'Draft, cannot evaluate:', after: '' }
    case 'waiting':
      return { before: 'Draft: nothing wrong so far; later it needs', after: '' }
  }
}
