import { z } from 'zod'

import { key } from '../key.ts'
import { lower } from '../strictness.ts'
import { Duration } from '../values/duration.ts'

const longest = (maxMs: number, words: string) =>
  Duration.refine((ms) => ms <= maxMs, `must be at most ${words}`)

const count = (max: number, value: number, description: string) =>
  key(z.int().min(1).max(max), { default: value, description, stricter: lower })

export const Limits = z.strictObject({
  timeout: key(longest(3_600_000, '1h'), {
    default: '5m',
    description: 'How long an evaluation may take.',
    stricter: lower,
  }),
  files: count(1_000_000, 20_000, 'How many files a change may touch.'),
  commits: count(1_000_000, 5_000, 'How many commits a change may have.'),
  yaml_nodes: count(100_000_000, 2_000_000, 'How many values the YAML of a change may have.'),
  yaml_depth: count(1_000, 100, 'How deep they may be nested.'),
  render_timeout: key(longest(600_000, '10m'), {
    default: '15s',
    description: 'How long one chart or overlay may take to be built.',
    stricter: lower,
  }),
})
