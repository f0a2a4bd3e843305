import type { Gate } from '../../model/gate.ts'
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
