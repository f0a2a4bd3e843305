import type { CheckRunContext } from '../report/check-run-context.ts'
import { policyWith } from './policy.ts'
import { oidOf } from './verdict-with.ts'

/** What a check run of an ordinary pull request against `main` says beside its verdict. */
export function contextWith(given: Partial<CheckRunContext> = {}): CheckRunContext {
  return {
    branch: 'main',
    baseTip: oidOf('a91be77'),
    mode: { kind: 'enforce' },
    isDraft: false,
    on: 'pull-request',
    sharedBy: [{ subject: 'pull/483', outcome: 'pass' }],
    inspection: null,
    driftBlocks: false,
    report: policyWith().report,
    linesInDiff: () => true,
    ...given,
  }
}
