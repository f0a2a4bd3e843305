import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import { commandData, commandProperty } from './escape/workflow-command.ts'
import { titleOf } from './title.ts'

/** Workflow commands: GitHub Actions turns them into annotations. Every line is one command. */
export function github(verdict: Verdict): string {
  const lines = verdict.findings.filter(({ status }) => status === 'open').map(command)
  for (const { gate, path, reason, blocks } of verdict.skips)
    lines.push(
      `::${blocks ? 'error' : 'warning'} title=${gate}::${commandData(`${path ?? 'not evaluated'}: ${reason}`)}`,
    )
  lines.push(
    `::${verdict.outcome === 'pass' ? 'notice' : 'error'} title=Portcullis::${commandData(titleOf(verdict))}`,
  )
  return `${lines.join('\n')}\n`
}

function command(finding: VerdictFinding): string {
  const properties = [`title=${commandProperty(`${finding.rule} ${finding.title}`)}`]
  if (finding.path !== null) properties.push(`file=${commandProperty(finding.path)}`)
  if (finding.startLine !== null) properties.push(`line=${finding.startLine}`, `endLine=${finding.endLine}`)
  const level = finding.blocks ? 'error' : 'notice'
  return `::${level} ${properties.join(',')}::${commandData(`${finding.message} ${finding.remediation}`)}`
}
