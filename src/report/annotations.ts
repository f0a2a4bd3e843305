import type { Annotation } from '../model/check-run.ts'
import type { Severity } from '../model/finding.ts'
import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import type { CheckRunContext } from './check-run.ts'
import { visible } from './escape/visible.ts'

const worstFirst: readonly Severity[] = ['critical', 'error', 'high', 'medium', 'low', 'info']

/** Notes on lines of the final diff, most severe first. What is only in history has no line there, and none. */
export function annotationsOf(
  { findings }: Verdict,
  { report, linesInDiff }: Pick<CheckRunContext, 'report' | 'linesInDiff'>,
): Annotation[] {
  return findings
    .filter(({ status }) => status === 'open')
    .toSorted((one, other) => worstFirst.indexOf(one.severity) - worstFirst.indexOf(other.severity))
    .flatMap((finding) => annotation(finding, linesInDiff))
    .slice(0, report.annotations)
}

function annotation(finding: VerdictFinding, linesInDiff: CheckRunContext['linesInDiff']): Annotation[] {
  const { path, startLine, endLine, side, rule, title, message, remediation } = finding
  if (path === null || startLine === null || side !== 'head' || !linesInDiff(path, startLine)) return []
  return [
    {
      path,
      startLine,
      endLine: endLine ?? startLine,
      columns: columnsOf(finding),
      level: finding.blocks ? 'failure' : 'notice',
      title: visible(`${rule} ${title}`).slice(0, 255),
      message: visible(`${message} ${remediation}`),
    },
  ]
}

/** GitHub takes columns only where start and end are on one line. */
function columnsOf({ startLine, endLine, startColumn, endColumn }: VerdictFinding): Annotation['columns'] {
  if (startLine !== endLine || startColumn === null || endColumn === null) return null
  return { start: startColumn, end: endColumn }
}
