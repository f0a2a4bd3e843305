import type { Unread } from '../jobs/judge.ts'
import type { Change } from '../model/change.ts'
import type { GateId } from '../model/finding.ts'
import type { Skip } from '../model/skip.ts'
import type { Repository } from '../ports/git.ts'

/** What `scan` looks at. */
export interface Subject extends Pick<Unread, 'kind' | 'range'> {
  /** Where policy and baseline lie. */
  readonly root: string
  /** Those that can look at it. */
  readonly gates: readonly GateId[]
  readonly repository: Pick<Repository, 'blobs' | 'file'>
  /** All of it as if it were new. */
  change(): Promise<Change>
  /** What is there and is not looked at. */
  readonly skips: readonly Skip[]
}
