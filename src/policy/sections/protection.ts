import { z } from 'zod'

import { key } from '../key.ts'
import { ordered, shrinks } from '../strictness.ts'

export const Protection = z.strictObject({
  fail_on_drift: key(z.boolean(), {
    default: false,
    description:
      'true: a branch that is protected less than this asks for blocks the check. false: it is reported.',
    stricter: ordered<boolean>(false, true),
  }),
  require_check: key(z.boolean(), {
    default: true,
    description: 'The required check must be required, and pinned to the id of our App.',
    stricter: ordered<boolean>(false, true),
  }),
  no_force_push: key(z.boolean(), {
    default: true,
    description: 'Force pushes to a guarded branch must be blocked.',
    stricter: ordered<boolean>(false, true),
  }),
  bypass_actors: key(z.array(z.string().min(1)), {
    default: [],
    description: 'Who may bypass the protection; anybody else who can is drift.',
    stricter: shrinks,
  }),
})
