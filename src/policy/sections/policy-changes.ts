import { z } from 'zod'

import { key } from '../key.ts'
import { approvers, higher } from '../strictness.ts'
import { Approver } from '../values/approver.ts'

export const PolicyChanges = z.strictObject({
  count: key(z.int().min(1).max(100), {
    default: 1,
    description: 'How many must approve.',
    stricter: higher,
  }),
  by: key(z.array(Approver).min(1), {
    default: ['maintain', 'admin'],
    description: 'Who may: logins, @organisation/team, roles. Never the author.',
    stricter: approvers(),
  }),
})
