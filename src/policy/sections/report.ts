import { z } from 'zod'

import { key } from '../key.ts'
import { free } from '../strictness.ts'

export const Report = z.strictObject({
  waiting: key(z.enum(['action_required', 'in_progress']), {
    default: 'action_required',
    description: 'What the check run is while only approvals are missing. Neither lets a merge through.',
    stricter: free,
  }),
  comment: key(z.enum(['on-problem', 'never', 'always']), {
    default: 'on-problem',
    description: 'When there is a comment on the pull request: one, edited in place.',
    stricter: free,
  }),
  annotations: key(z.int().min(0).max(1000), {
    default: 50,
    description:
      'How many annotations a check run has at most, the most severe first; the rest is in its text.',
    stricter: free,
  }),
})
