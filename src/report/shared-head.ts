import type { Outcome } from '../model/verdict.ts'
import type { CheckRunContext } from './check-run-context.ts'
import { prose } from './escape/markdown.ts'

type SharedBy = CheckRunContext['sharedBy']

/** Which of several that share one head decide, as `#3, #7`; null where all say the same, or there is but one. */
export function blamed(sharedBy: SharedBy, outcome: Outcome): string | null {
  const deciding = sharedBy.filter((one) => one.outcome === outcome)
  if (deciding.length === 0 || deciding.length === sharedBy.length) return null
  const [first, second, ...more] = deciding.map(({ subject }) => nameOf(subject))
  if (second === undefined) return first ?? null
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} more`
}

/** Why a check can say something that is not about the pull request in which it is read. */
export function sharedText(sharedBy: SharedBy): string {
  if (sharedBy.length < 2) return ''
  const lines = sharedBy
    .slice(0, most)
    .map(({ subject, outcome }) => `- ${nameInMarkdown(subject)}: ${said[outcome]}`)
  if (sharedBy.length > most) lines.push(`- and ${sharedBy.length - most} more`)
  const why =
    'This commit is the head of more than one pull request. A check belongs to the commit, so the worst result counts for all of them:'
  return [why, '', ...lines].join('\n')
}

const most = 20

const said = {
  pass: 'passed',
  fail: 'blocked',
  waiting: 'waiting for approvals',
  error: 'not evaluated',
} as const

function nameOf(subject: string): string {
  const number = /^pull\/(\d+)$/.exec(subject)?.[1]
  return number === undefined ? 'a push' : `#${number}`
}

/** A number of ours, which GitHub makes a link; a branch name that somebody chose stays text. */
function nameInMarkdown(subject: string): string {
  const name = nameOf(subject)
  return name.startsWith('#') ? name : `the push to ${prose(subject.replace('refs/heads/', ''))}`
}
