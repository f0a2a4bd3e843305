import type { Annotation } from '../model/check-run.ts'
import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import type { CheckRunContext } from './check-run-context.ts'
import { visible } from './escape/visible.ts'
import { cutTo } from './shorten.ts'
import { worstFirst } from './words.ts'

/** https://docs.github.com/en/rest/checks/runs: 255 for a title, 64 KB for a message. */
const title = { characters: 255, bytes: 255 }
const message = { characters: 16_000, bytes: 64_000 }

/**
 * Notes on lines of the final diff, the worst first. What is only in the history has no line there: a note would point at
 * an innocent line, and at a secret for everybody who looks.
 */
export function annotationsOf(
  { findings }: Verdict,
  { report, linesInDiff }: Pick<CheckRunContext, 'report' | 'linesInDiff'>,
): Annotation[] {
  return worstFirst(findings)
    .flatMap((finding) => annotation(finding, linesInDiff))
    .slice(0, Math.max(0, report.annotations))
}

function annotation(finding: VerdictFinding, linesInDiff: CheckRunContext['linesInDiff']): Annotation[] {
  const { path, startLine, endLine, side, blocks } = finding
  if (path === null || startLine === null || side !== 'head' || finding.inHistoryOnly === true) return []
  // A name that has to be escaped would be another file's; the text has it.
  if (visible(path) !== path || !linesInDiff(path, startLine)) return []
  const advice = blocks ? '' : ' (advice, does not block)'
  const words = `${visible(finding.message)}\n\nFix: ${visible(finding.remediation)}`
  return [
    {
      path,
      startLine,
      endLine: Math.max(startLine, endLine ?? startLine),
      columns: columnsOf(finding),
      level: blocks ? 'failure' : 'notice',
      title: cutTo(visible(`${finding.title}${advice} – ${finding.rule}`), title),
      message: cutTo(words, message),
    },
  ]
}

/** GitHub takes columns only where start and end are on one line. */
function columnsOf({ startLine, endLine, startColumn, endColumn }: VerdictFinding): Annotation['columns'] {
  if (startLine !== endLine || startColumn === null || endColumn === null) return null
  return { start: startColumn, end: Math.max(startColumn, endColumn) }
}
