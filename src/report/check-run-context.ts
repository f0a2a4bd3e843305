import type { Inspection } from '../model/inspection.ts'
import type { Policy } from '../model/policy.ts'
import type { Outcome } from '../model/verdict.ts'

/** What a check run says beside the verdict. */
export interface CheckRunContext {
  readonly branch: string
  /** Tip of the base branch. */
  readonly baseTip: string | null
  readonly mode: { readonly kind: 'enforce' } | { readonly kind: 'evaluate'; readonly until: string | null }
  readonly isDraft: boolean
  /** A push is judged when it has happened: nothing holds it back. */
  readonly on: 'pull-request' | 'push'
  /** Every pull request that has this head under this check, this one included; the run carries the worst. */
  readonly sharedBy: readonly { readonly subject: string; readonly outcome: Outcome }[]
  readonly inspection: Inspection | null
  /** Whether what the inspection finds missing is part of the verdict. */
  readonly driftBlocks: boolean
  readonly report: Policy['report']
  /** Whether a line of the head is part of the final diff. */
  linesInDiff(path: string, line: number): boolean
}
