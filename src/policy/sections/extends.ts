import { z } from 'zod'

import { key } from '../key.ts'
import { free } from '../strictness.ts'

const presetNames = ['recommended', 'gitops-strict'] as const

const shared = /^[\w.-]+\/[\w.-]+\/\/[^\s@]+@[^\s@]+$/

/** A preset, or `OWNER/REPO//PATH@REF`: a file of another repository. */
const Extended = z
  .string()
  .refine((name) => presetNames.some((preset) => preset === name) || shared.test(name), {
    message: `must be a preset (${presetNames.join(', ')}) or OWNER/REPO//PATH@REF`,
    params: { known: presetNames },
  })

export const Extends = key(z.array(Extended), {
  default: ['recommended'],
  description:
    'What this file builds on: presets (recommended, gitops-strict), or OWNER/REPO//PATH@REF of another repository where the App is installed.',
  stricter: free,
})
