import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import { count } from './words.ts'

/** The answer in at most 80 characters: what stops the change and who acts next. */
export function titleOf(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'fail':
      return cut(`Blocked: ${whatBlocks(verdict.findings)}`)
    case 'error':
      return cut(`Cannot evaluate: ${whyNot(verdict)}`)
    case 'waiting':
      return cut(`Waiting for ${whoIsMissing(verdict.waiting)}`)
    case 'pass':
      return passed(verdict)
  }
}

const nouns: Readonly<Record<VerdictFinding['gate'], readonly [string, string]>> = {
  secrets: ['secret', 'secrets'],
  iac: ['manifest problem', 'manifest problems'],
  signatures: ['commit signature', 'commit signatures'],
  reviews: ['review problem', 'review problems'],
}

function whatBlocks(findings: readonly VerdictFinding[]): string {
  const parts: string[] = []
  for (const [gate, words] of Object.entries(nouns)) {
    const blocking = findings.filter((finding) => finding.gate === gate && finding.blocks)
    if (blocking.length > 0) parts.push(count(blocking.length, ...words))
  }
  return parts.join(', ')
}

function whyNot({ skips }: Verdict): string {
  const blocking = skips.filter(({ blocks }) => blocks)
  if (blocking.some(({ gate, path }) => gate === 'policy' && path !== null))
    return 'the policy is not valid (its owners act)'
  const [first] = blocking
  if (blocking.length === 1 && first?.path === null) return first.reason
  return `${count(blocking.length, 'thing', 'things')} could not be looked at`
}

function whoIsMissing(waiting: Verdict['waiting']): string {
  const missing = waiting.reduce((sum, { needs, has }) => sum + needs - has, 0)
  const people = new Set(waiting.flatMap(({ who }) => who)).size
  return `${count(missing, 'approval', 'approvals')} (${count(people, 'person', 'people')} can give ${missing === 1 ? 'it' : 'them'})`
}

function passed({ gates, subject }: Verdict): string {
  const evaluated = gates.filter(({ outcome }) => outcome !== 'not-evaluated').length
  const files = count(subject.files, 'file', 'files')
  return `Passed: ${count(evaluated, 'gate', 'gates')}, ${files}, ${count(subject.commits, 'commit', 'commits')}`
}

function cut(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}
