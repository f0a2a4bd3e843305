import type { Severity } from '../../model/finding.ts'
import type { Gate } from '../../model/gate.ts'
import type { SecretsPolicy } from '../../model/policy.ts'
import { concealSecrets } from './conceal.ts'
import { evaluateChange } from './evaluate-change.ts'
import { prepareScanner } from './scanner.ts'

const version = '2'

/** Finds secrets in every blob that a change adds, and in what the change says of itself. */
export const secrets = {
  id: 'secrets',
  version,
  scan: { prepare: (settings) => prepareScanner(version, settings) },
  conceal: concealSecrets,
  evaluate: evaluateChange,
} satisfies Gate

/**
 * What an open finding has to be for `fail_on` to block: `any` takes everything but a notice (`info`: a token whose
 * checksum is wrong, or one in the description of a pull request); `high-confidence` only what is sure and dangerous.
 */
export const blockingSeverities: Readonly<Record<SecretsPolicy['fail_on'], readonly Severity[]>> = {
  any: ['critical', 'error', 'high', 'medium', 'low'],
  'high-confidence': ['critical', 'error', 'high'],
  never: [],
}
