import { z } from 'zod'

import type { Policy } from '../model/policy.ts'
import { key, keysOf } from './key.ts'
import type { KeyRule } from './key.ts'
import { branches } from './sections/branches.ts'
import { Commands } from './sections/commands.ts'
import { Extends } from './sections/extends.ts'
import { GitOps } from './sections/gitops.ts'
import { Iac } from './sections/iac.ts'
import { Limits } from './sections/limits.ts'
import { mode } from './sections/mode.ts'
import { PolicyChanges } from './sections/policy-changes.ts'
import { Protection } from './sections/protection.ts'
import { Report } from './sections/report.ts'
import { Reviews } from './sections/reviews.ts'
import { Secrets } from './sections/secrets.ts'
import { Signatures } from './sections/signatures.ts'
import { Waivers } from './sections/waivers.ts'
import { free, same } from './strictness.ts'
import { RepositoryPath } from './values/repository-path.ts'

const version = key(z.literal(1), {
  default: 1,
  description: 'The version of this format: the only number that ever changes the meaning of a key.',
  stricter: free,
})

const Gates = z.strictObject({
  secrets: Secrets.prefault({}).meta({ description: 'Finds secrets in every blob and text of a change.' }),
  iac: Iac.prefault({}).meta({ description: 'Judges what a change deploys.' }),
  signatures: Signatures.prefault({}).meta({ description: 'Proves who signed each commit.' }),
  reviews: Reviews.prefault({}).meta({ description: 'Counts who approved what.' }),
})

const sections = {
  ...mode,
  branches,
  report: Report.prefault({}).meta({ description: 'How a verdict is shown.' }),
  gitops: GitOps.prefault({}).meta({ description: 'What the files cannot say about what they deploy.' }),
  gates: Gates.prefault({}).meta({ description: 'What decides on a change.' }),
  protection: Protection.prefault({}).meta({
    description: 'What must protect the guarded branches at GitHub.',
  }),
  baseline: key(RepositoryPath, {
    default: '.github/portcullis/baseline.json',
    description:
      'The findings that were there before: they do not block. In ordinary changes the file may only shrink.',
    stricter: same<string>(),
  }),
  waivers: Waivers.prefault({}).meta({ description: 'Dated, reasoned, attributed exceptions.' }),
  commands: Commands.prefault({}).meta({ description: 'Who may use which comment command.' }),
  limits: Limits.prefault({}).meta({
    description: 'What a change may cost. Reaching a limit is an error that says which.',
  }),
  policy_changes: PolicyChanges.prefault({}).meta({
    description: 'Who must approve a change of this file, the trust root, the baseline or CODEOWNERS.',
  }),
}

/** One policy file, the organisation's or a repository's, with a default for every key that it leaves out. */
export const PolicyFile = z.strictObject({ version, extends: Extends, ...sections })

const MergedFile = z.strictObject({ version, ...sections })

/** What merging knows of every key, by dotted path, in the order of the file. */
export const policyKeys: ReadonlyMap<string, KeyRule> = keysOf(MergedFile)

/** A policy is read once a run; compiling each schema takes longer than that. */
export const parsing = { jitless: true } as const

/** The policy that merged files make. What is wrong now was not wrong in any one of them. */
export function parseMerged(raw: unknown): z.ZodSafeParseResult<Policy> {
  return MergedFile.safeParse(raw, parsing)
}
