import type { Verdict, VerdictFinding, VerdictGate, VerdictSkip } from '../model/verdict.ts'
import { visible } from './escape/visible.ts'
import type { FormatOptions } from './formats.ts'
import { titleOf } from './title.ts'
import { count, short } from './words.ts'

/** For a person at a terminal. Colour only repeats what the words say. */
export function human(verdict: Verdict, options: FormatOptions): string {
  const paint = painter(options.color)
  const findings = verdict.findings.filter((finding) => isShown(finding, options))
  const parts = [
    headLine(verdict),
    ...findings.map((finding) => findingText(finding, paint)),
    ...verdict.skips.filter(({ blocks }) => blocks || !options.isQuiet).map(skipText),
    ...verdict.waiting.map(waitingText),
    verdict.gates.map(gateText).join('\n'),
    lastLine(verdict, paint),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

type Paint = (style: 'red' | 'yellow' | 'green' | 'bold', text: string) => string

const codes = { red: 31, yellow: 33, green: 32, bold: 1 } as const

function painter(color: boolean): Paint {
  return (style, text) => (color ? `\u001b[${codes[style]}m${text}\u001b[0m` : text)
}

function isShown({ status, blocks }: VerdictFinding, { isQuiet, isVerbose }: FormatOptions): boolean {
  if (blocks) return true
  return status === 'open' ? !isQuiet : isVerbose
}

function headLine({ tool, policy, subject }: Verdict): string {
  const where = subject.kind === 'tree' ? '' : `  ${short(subject.base)}..${short(subject.head)}`
  const commits = subject.kind === 'tree' ? '' : `${count(subject.commits, 'commit', 'commits')}, `
  const source = visible(policy.sources.at(-1) ?? 'no policy')
  return `portcullis ${tool.version}  policy ${source}${where}  ${commits}${count(subject.files, 'file', 'files')}`
}

const width = 100

function findingText(finding: VerdictFinding, paint: Paint): string {
  const place = placeOf(finding)
  const level = levelOf(finding)
  const left = `${place}  ${level}  ${finding.title}`
  const gap = Math.max(2, width - left.length - finding.rule.length)
  const painted = paint(finding.blocks ? 'red' : 'yellow', level)
  const lines = [`${paint('bold', place)}  ${painted}  ${finding.title}${' '.repeat(gap)}${finding.rule}`]
  lines.push(`  ${visible(finding.message)}`)
  if (finding.commit !== null) lines.push(`  commit ${short(finding.commit)}`)
  if (finding.preview !== null) lines.push(`  ${visible(finding.preview)}`)
  for (const { path, startLine, commit } of finding.places)
    lines.push(`  also ${visible(path)}:${startLine}${commit === null ? '' : `, commit ${short(commit)}`}`)
  lines.push(`  fix: ${visible(finding.remediation)}`)
  return lines.join('\n')
}

function placeOf({ path, startLine, commit, gate }: VerdictFinding): string {
  if (path !== null) return startLine === null ? visible(path) : `${visible(path)}:${startLine}`
  return commit === null ? gate : `commit ${short(commit)}`
}

/** What blocks is an error, what is open but does not is a note; the rest says why it is excused. */
function levelOf({ blocks, status }: VerdictFinding): string {
  if (blocks) return 'error'
  return status === 'open' ? 'note' : status
}

function skipText({ gate, path, reason, blocks }: VerdictSkip): string {
  // A reason may be a whole list of mistakes in a policy, one a line.
  const lines = reason.split('\n').map(visible)
  return `${path === null ? gate : visible(path)}  ${blocks ? 'error' : 'note'}  not looked at: ${lines.join('\n  ')}`
}

function waitingText({ requirement, needs, has, who }: Verdict['waiting'][number]): string {
  const people = who.map(visible).join(', ')
  return `reviews  waiting  ${visible(requirement)}: ${has} of ${needs} approvals; can be given by ${people}`
}

function gateText({ gate, outcome, findings, lookedAt }: VerdictGate): string {
  const result = outcome === 'not-evaluated' ? 'not evaluated' : outcome
  const found = findings === 0 ? '' : `${count(findings, 'finding', 'findings')}, `
  return `${gate.padEnd(12)}${result.padEnd(15)}${found}${visible(lookedAt)}`
}

const words = { pass: 'PASSED', fail: 'BLOCKED', waiting: 'WAITING', error: 'NOT EVALUATED' } as const

function lastLine(verdict: Verdict, paint: Paint): string {
  const excused = (status: VerdictFinding['status']) =>
    verdict.findings.filter((finding) => finding.status === status)
  const word = paint(verdict.outcome === 'pass' ? 'green' : 'red', words[verdict.outcome])
  const counts = `${excused('baseline').length} in the baseline, ${excused('waived').length} waived`
  return `${word}  ${visible(titleOf(verdict))}  (${counts})`
}
