import type { z } from 'zod'

import type { PolicyFile } from '../policy-file.ts'
import { productionPaths } from '../sections/requirement.ts'

/** For the repositories that production is deployed from: what the defaults only report, this one blocks. */
export const gitopsStrict = {
  gates: {
    iac: { fail_on: 'medium', unrendered: 'block' },
    signatures: { require: 'every-commit' },
    reviews: {
      requirements: [
        { name: 'gitops-production', if: { paths: [productionPaths] }, count: 2, by: ['write'] },
      ],
    },
  },
  protection: { fail_on_drift: true },
} satisfies z.input<typeof PolicyFile>
