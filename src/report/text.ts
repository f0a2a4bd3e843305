import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import { code, prose } from './escape/markdown.ts'
import type { Parts } from './fit.ts'
import { count, short } from './words.ts'

/** The evidence: one fold for each finding, what blocks first and open. */
export function textOf({ findings, subject }: Verdict): Parts {
  const open = findings.filter(({ status }) => status === 'open')
  const ordered = [...open.filter(({ blocks }) => blocks), ...open.filter(({ blocks }) => !blocks)]
  return {
    parts: ordered.map(fold),
    last: '',
    leftOut: (number) =>
      `${count(number, 'finding is', 'findings are')} not shown here: ${code(`portcullis check ${short(subject.base)}..${short(subject.head)}`)} prints them all.`,
  }
}

function fold(finding: VerdictFinding): string {
  const { rule, title, message, remediation, blocks, preview, places, fingerprint } = finding
  const lines = [
    `<details${blocks ? ' open' : ''}><summary>${blocks ? '❌' : 'ℹ️'} <b>${rule}</b> ${prose(title)}</summary>`,
    '',
    `${placeOf(finding)}: ${prose(message)}`,
  ]
  if (preview !== null) lines.push('', code(preview))
  for (const { path, startLine, commit } of places)
    lines.push(
      '',
      `also ${code(`${path}:${startLine}`)}${commit === null ? '' : ` in ${code(short(commit))}`}`,
    )
  lines.push('', `**Fix:** ${prose(remediation)}`, '', `fingerprint ${code(fingerprint)}`, '</details>')
  return lines.join('\n')
}

function placeOf({ path, startLine, commit }: VerdictFinding): string {
  const at = commit === null ? '' : ` in commit ${code(short(commit))}`
  if (path === null) return commit === null ? 'The change' : `Commit ${code(short(commit))}`
  return `${code(startLine === null ? path : `${path}:${startLine}`)}${at}`
}
