import type { ReviewRule } from '../rule.ts'
import { approvalDoesNotCount } from './approval-does-not-count.ts'
import { approverWithoutWrite } from './approver-without-write.ts'
import { changesRequested } from './changes-requested.ts'
import { requirementCannotBeMet } from './requirement-cannot-be-met.ts'
import { unattributedContributor } from './unattributed-contributor.ts'

export const rules: readonly ReviewRule[] = [
  approvalDoesNotCount,
  approverWithoutWrite,
  changesRequested,
  requirementCannotBeMet,
  unattributedContributor,
]
