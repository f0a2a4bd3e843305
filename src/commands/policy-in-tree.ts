import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { noBaseline, readBaseline } from '../evaluate/baseline.ts'
import type { Baseline } from '../evaluate/baseline.ts'
import { policyOfFile, presets } from '../jobs/load-policy.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import { policyFilePath } from '../policy/policy-paths.ts'
import { UserError } from '../std/user-error.ts'

/** The policy as it lies below a root; the presets where there is none. Throws `UserError` where it is not valid. */
export function policyInTree(root: string, today: string): EffectivePolicy {
  const text = textOf(root, policyFilePath, 'policy-unreadable')
  return text === null ? presets() : policyOfFile(policyFilePath, { text, organisation: null, today })
}

/** The baseline as it lies below a root. Throws `UserError` where it cannot be used. */
export function baselineInTree(root: string, path: string): Baseline {
  const text = textOf(root, path, 'baseline-invalid')
  return text === null ? noBaseline : readBaseline(path, text)
}

/** A link could lead out of the tree, so nothing that judges is read through one. */
function textOf(root: string, path: string, code: 'policy-unreadable' | 'baseline-invalid'): string | null {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false })
  if (stat === undefined) return null
  if (stat.isFile()) return readFileSync(join(root, path), 'utf8')
  throw new UserError({
    code,
    message: 'It is no regular file.',
    remediation: 'Put the file itself there.',
    file: path,
  })
}
