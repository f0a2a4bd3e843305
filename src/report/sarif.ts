import type { Verdict, VerdictFinding } from '../model/verdict.ts'
import { visible } from './escape/visible.ts'

/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif(verdict: Verdict): string {
  const { tool, outcome, findings } = verdict
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Portcullis', semanticVersion: tool.version, rules: rulesOf(findings) } },
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(verdict, outcome)],
        results: findings.map(result),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function rulesOf(findings: readonly VerdictFinding[]) {
  const rules = new Map(findings.map((finding) => [finding.rule, finding]))
  return [...rules.values()].map(({ rule, title, remediation }) => ({
    id: rule,
    shortDescription: { text: visible(title) },
    help: { text: visible(remediation) },
  }))
}

/** What was not looked at is part of the result: a consumer must not take silence for health. */
function invocation({ skips }: Verdict, outcome: Verdict['outcome']) {
  return {
    executionSuccessful: outcome !== 'error',
    toolExecutionNotifications: skips.map(({ gate, path, reason, blocks }) => ({
      level: blocks ? 'error' : 'warning',
      message: { text: visible(`${gate}: ${path ?? 'not evaluated'}: ${reason}`) },
    })),
  }
}

function result(finding: VerdictFinding) {
  const { rule, message, remediation, fingerprint, status } = finding
  return {
    ruleId: rule,
    level: levelOf(finding),
    message: { text: visible(`${message} ${remediation}`) },
    locations: locationsOf(finding),
    relatedLocations: finding.places.map(({ path, startLine }, id) => ({
      id,
      physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: { startLine } },
    })),
    partialFingerprints: { 'portcullis/v1': fingerprint },
    ...(status === 'open' ? {} : { suppressions: [{ kind: 'external', justification: status }] }),
  }
}

function levelOf({ blocks, severity }: VerdictFinding): 'error' | 'warning' | 'note' {
  if (blocks) return 'error'
  return severity === 'info' || severity === 'low' ? 'note' : 'warning'
}

function locationsOf({ path, startLine, startColumn, endLine, endColumn }: VerdictFinding) {
  if (path === null) return []
  const region = startLine === null ? {} : { region: { startLine, startColumn, endLine, endColumn } }
  return [{ physicalLocation: { artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' }, ...region } }]
}

/** A relative reference that stays below its base: each segment is encoded, and dots that climb are too. */
function uriOf(path: string): string {
  return path
    .split('/')
    .map((segment) =>
      /^\.{1,2}$/.test(segment) ? segment.replaceAll('.', '%2E') : encodeURIComponent(segment.toWellFormed()),
    )
    .join('/')
}
