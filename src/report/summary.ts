import type { Guarantee } from '../model/inspection.ts'
import type { Verdict, VerdictFinding, VerdictGate, VerdictSkip } from '../model/verdict.ts'
import type { CheckRunContext } from './check-run.ts'
import { block, code, prose } from './escape/markdown.ts'
import type { Parts } from './fit.ts'
import { count, short } from './words.ts'

/** What to do, in the order in which a person does it; then the gates, what was not looked at, and how to reproduce it. */
export function summaryOf(verdict: Verdict, context: CheckRunContext): Parts {
  const skips = [
    ...verdict.skips.filter(({ blocks }) => blocks),
    ...verdict.skips.filter(({ blocks }) => !blocks),
  ]
  return {
    parts: [
      lead(verdict),
      toDo(verdict),
      sharedText(context),
      gateTable(verdict.gates),
      waitingTable(verdict.waiting),
      protection(context),
      ...skips.map(skipText),
    ],
    last: footer(verdict, context),
    leftOut: (number) => `${count(number, 'more part', 'more parts')} did not fit here.`,
  }
}

function lead({ outcome }: Verdict): string {
  switch (outcome) {
    case 'pass':
      return 'Nothing in this change breaks the policy.'
    case 'fail':
      return '### To merge this'
    case 'waiting':
      return 'The change itself passes. **People are missing:**'
    case 'error':
      return '**Nothing is known to be wrong with this change: it has not been evaluated as a whole.** Until it is, the check fails.'
  }
}

function toDo({ findings, waiting, outcome }: Verdict): string {
  if (outcome !== 'fail') return ''
  const steps = findings.filter(({ blocks }) => blocks).map(step)
  for (const { requirement, needs, has } of waiting)
    steps.push(`Get ${count(needs - has, 'more approval', 'more approvals')} for ${code(requirement)}.`)
  const shown = steps.slice(0, maxSteps)
  if (steps.length > maxSteps) shown.push(`… and ${steps.length - maxSteps} more, below.`)
  return shown.map((text, index) => `${index + 1}. ${text}`).join('\n')
}

const maxSteps = 10

function step({ title, path, startLine, commit, remediation }: VerdictFinding): string {
  const at = path === null ? '' : ` in ${code(startLine === null ? path : `${path}:${startLine}`)}`
  const from = commit === null ? '' : `, commit ${code(short(commit))}`
  return `**${prose(title)}**${at}${from}: ${prose(remediation)}`
}

function sharedText({ sharedBy }: CheckRunContext): string {
  if (sharedBy.length < 2) return ''
  const list = sharedBy
    .map(({ subject, outcome }) => `${subject.replace('pull/', '#')} ${outcome}`)
    .join(', ')
  return `This commit is the head of several pull requests, and a check belongs to a commit: the worst outcome counts for all (${list}).`
}

const marks = { pass: '✅', fail: '❌', waiting: '⏳', error: '⛔', 'not-evaluated': '➖' } as const

function gateTable(gates: readonly VerdictGate[]): string {
  const rows = gates.map(({ gate, outcome, findings, lookedAt }) => {
    const result = outcome === 'not-evaluated' ? 'not evaluated' : count(findings, 'finding', 'findings')
    return `| ${marks[outcome]} ${gate} | ${result} | ${prose(lookedAt)} |`
  })
  return ['| Gate | Result | Looked at |', '| --- | --- | --- |', ...rows].join('\n')
}

function waitingTable(waiting: Verdict['waiting']): string {
  if (waiting.length === 0) return ''
  const rows = waiting.map(({ requirement, needs, has, who }) => {
    const people = who.slice(0, 10).map(code).join(', ')
    const more = who.length > 10 ? ` and ${who.length - 10} more` : ''
    return `| ${code(requirement)} | ${needs} | ${has} | ${people}${more} |`
  })
  return ['| Requirement | Needs | Has | Who can approve |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

const guaranteeMarks = { yes: '✅', no: '⚠️', unknown: '❔' } as const

function protection({ inspection }: CheckRunContext): string {
  if (inspection === null) return ''
  const lines = inspection.guarantees.map(guaranteeLine)
  return [`**Protection of ${code(inspection.branch)}**`, '', ...lines].join('\n')
}

function guaranteeLine({ holds, message, remediation }: Guarantee): string {
  return `- ${guaranteeMarks[holds]} ${prose(message)}${remediation === '' ? '' : ` ${prose(remediation)}`}`
}

function skipText({ gate, path, reason, blocks }: VerdictSkip): string {
  const what = `${blocks ? '⛔' : 'ℹ️'} Not looked at by ${gate}${path === null ? '' : `: ${code(path)}`}`
  return reason.includes('\n') ? `${what}\n\n${block(reason)}` : `${what}: ${prose(reason)}`
}

/** No time in it: two evaluations that say the same are the same text, and are written once. */
function footer({ tool, policy, subject }: Verdict, { branch, baseTip }: CheckRunContext): string {
  const range = `${short(subject.base)}..${short(subject.head)}`
  const parts = [
    `${code(short(subject.head))} onto ${code(`${branch}@${short(baseTip)}`)}`,
    `policy ${code(policy.sources.at(-1) ?? 'none')} (${policy.digest.slice(0, 15)})`,
    `Portcullis ${tool.version}`,
    `${code(`portcullis check ${range}`)} gives the same verdict`,
  ]
  return `<sub>${parts.join(' · ')}</sub>`
}
