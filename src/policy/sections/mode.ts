import { z } from 'zod'

import { key } from '../key.ts'
import { ordered, replaces } from '../strictness.ts'
import { Day } from '../values/day.ts'

export const mode = {
  mode: key(z.enum(['enforce', 'evaluate', 'off']), {
    default: 'enforce',
    description:
      'enforce blocks. evaluate posts under a name of its own, never blocks, and needs evaluate_until. off is only for the organisation’s file.',
    stricter: ordered('off', 'evaluate', 'enforce'),
  }),
  evaluate_until: key(Day.nullable(), {
    default: null,
    description: 'The day, at most 90 days ahead, from which on evaluate enforces.',
    stricter: replaces<string | null>(
      'earlier is stricter',
      (floor, value) => floor === null || value === null || value <= floor,
    ),
  }),
}
