import type { Location, Region, Result, Suppression } from 'sarif'

import type { VerdictFinding } from '../model/verdict.ts'
import { sarifMessage } from './escape/sarif-message.ts'
import { artifactOf } from './sarif-artifact.ts'

/** One finding. A property that it does not have is left out: SARIF knows no null. */
export function resultOf(finding: VerdictFinding, indexes: ReadonlyMap<string, number>): Result {
  const { rule, message, remediation, fingerprint, places } = finding
  return {
    ruleId: rule,
    ruleIndex: indexes.get(rule) ?? -1,
    level: levelOf(finding),
    message: { text: sarifMessage(`${message} ${remediation}`) },
    locations: locationsOf(finding),
    ...(places.length === 0 ? {} : { relatedLocations: places.map(related) }),
    partialFingerprints: { 'portcullis/v1': fingerprint },
    // On every result or on none: a result without the property is of unknown state (§3.27.23).
    suppressions: suppressionsOf(finding),
    properties: propertiesOf(finding),
  }
}

function levelOf({ blocks, severity }: VerdictFinding): 'error' | 'warning' | 'note' {
  if (blocks) return 'error'
  return severity === 'info' || severity === 'low' ? 'note' : 'warning'
}

function locationsOf(finding: VerdictFinding): Location[] {
  const { path, commit, gate } = finding
  if (path !== null)
    return [{ physicalLocation: { artifactLocation: artifactOf(path), ...regionOf(finding) } }]
  return [{ logicalLocations: [{ fullyQualifiedName: commit === null ? gate : `commit/${commit}` }] }]
}

/** `endColumn` is the one after the last character, in SARIF as here. */
function regionOf({ startLine, startColumn, endLine, endColumn }: VerdictFinding): { region?: Region } {
  if (startLine === null) return {}
  const end = Math.max(startLine, endLine ?? startLine)
  const isOneLine = end === startLine
  return {
    region: {
      startLine,
      ...(startColumn === null ? {} : { startColumn }),
      endLine: end,
      ...(endColumn === null || startColumn === null
        ? {}
        : { endColumn: isOneLine ? Math.max(startColumn, endColumn) : endColumn }),
    },
  }
}

function related({ path, startLine, commit }: VerdictFinding['places'][number], index: number): Location {
  const text = commit === null ? 'The same' : `The same, in commit ${commit}`
  return {
    id: index + 1,
    physicalLocation: { artifactLocation: artifactOf(path), region: { startLine } },
    message: { text },
  }
}

function suppressionsOf({ status }: VerdictFinding): Suppression[] {
  switch (status) {
    case 'open':
      return []
    case 'waived':
      return [{ kind: 'external', status: 'accepted', justification: 'A waiver of the policy holds for it.' }]
    case 'baseline':
      return [
        { kind: 'external', status: 'accepted', justification: 'The baseline of the repository has it.' },
      ]
  }
}

function propertiesOf({
  gate,
  severity,
  blocks,
  side,
  commit,
  resource,
  preview,
  inHistoryOnly,
}: VerdictFinding) {
  return {
    gate,
    severity,
    blocks,
    side,
    ...(commit === null ? {} : { commit }),
    ...(inHistoryOnly === undefined ? {} : { inHistoryOnly }),
    ...(resource === null ? {} : { resource }),
    ...(preview === null ? {} : { preview }),
  }
}
