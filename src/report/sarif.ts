import type { Log } from 'sarif'

import type { Verdict } from '../model/verdict.ts'
import { jsonText } from './escape/json.ts'
import { sarifMessage } from './escape/sarif-message.ts'
import { notificationsOf } from './sarif-notifications.ts'
import { resultOf } from './sarif-result.ts'
import { rulesOf } from './sarif-rules.ts'

/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarif(verdict: Verdict): string {
  const { tool, outcome, findings, subject } = verdict
  const rules = rulesOf(findings)
  const indexes = new Map(rules.map(({ id }, index) => [id, index]))
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Portcullis', version: sarifMessage(tool.version), rules } },
        // What tells one kind of run from another, so that a scan does not close what a check found.
        automationDetails: { id: `portcullis/${subject.kind}/` },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: outcome !== 'error',
            toolExecutionNotifications: notificationsOf(verdict),
          },
        ],
        results: findings.map((finding) => resultOf(finding, indexes)),
        properties: { outcome, policyDigest: verdict.policy.digest },
      },
    ],
  }
  return jsonText(log)
}
