import type { Facts } from '../model/facts.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import { loadPolicy } from '../policy/load-policy.ts'
import type { PolicyInput } from '../policy/load-policy.ts'
import { policyFilePath } from '../policy/policy-paths.ts'
import { formatProblems } from '../policy/problems/format-problems.ts'
import { LimitReached, NotAFile } from '../ports/git.ts'
import type { Repository } from '../ports/git.ts'
import { UserError } from '../std/user-error.ts'

/** What decides, or why nothing can. */
export type LoadedPolicy =
  | { readonly kind: 'valid'; readonly policy: EffectivePolicy }
  | {
      readonly kind: 'invalid'
      /** Every problem, as a person reads it in a terminal. */
      readonly text: string
      readonly problems: number
      /** The newest policy that was valid: it judges a repair. Null where not even the organisation's is. */
      readonly repair: EffectivePolicy | null
      /** Names the checks of the branch; without a valid policy the preset's. */
      readonly names: EffectivePolicy
    }

interface Given {
  readonly organisation: Facts['organisationPolicy']
  readonly today: string
}

/** More than any policy that a person wrote. */
const maxPolicyBytes = 1024 * 1024
/** How far back a valid policy is looked for. */
const maxVersions = 50

/** Reads the policy that judges changes to a branch from its tip. `base` is null where there is none: presets alone. */
export async function loadPolicyAt(
  repository: Repository,
  base: string | null,
  given: Given,
): Promise<LoadedPolicy> {
  const read = await policyOf(repository, base, given)
  if (read.kind === 'valid') return read
  const repair = await lastValid(repository, base, given)
  return { ...read, repair, names: repair ?? presets() }
}

type ReadPolicy =
  | { readonly kind: 'valid'; readonly policy: EffectivePolicy }
  | { readonly kind: 'invalid'; readonly text: string; readonly problems: number }

/** One that is too large, a link, or what a clone left out is no better than one that is wrong. */
async function policyOf(repository: Repository, base: string | null, given: Given): Promise<ReadPolicy> {
  try {
    const file = base === null ? null : await repository.file(base, policyFilePath, maxPolicyBytes)
    if (file === null) return parsed(null, given)
    return parsed({ path: policyFilePath, oid: file.oid, text: Buffer.from(file.bytes).toString() }, given)
  } catch (error) {
    if (error instanceof LimitReached || error instanceof NotAFile || error instanceof UserError)
      return { kind: 'invalid', text: error.message, problems: 1 }
    throw error
  }
}

function parsed(repository: PolicyInput['repository'], given: Given): ReadPolicy {
  const loaded = loadPolicy({ repository, ...given })
  if (loaded.kind === 'valid') return { kind: 'valid', policy: loaded.effective }
  return { kind: 'invalid', text: formatProblems(loaded.problems), problems: loaded.problems.length }
}

/** The newest valid one in the history of the base branch, else the presets under the organisation's policy. */
async function lastValid(
  repository: Repository,
  base: string | null,
  given: Given,
): Promise<EffectivePolicy | null> {
  const commits = base === null ? [] : await repository.commitsOf(base, policyFilePath, maxVersions)
  for (const commit of [...commits, null]) {
    const read = await policyOf(repository, commit, given)
    if (read.kind === 'valid') return read.policy
  }
  return null
}

/** A policy file that was given by hand. Throws `UserError` where it is not valid. */
export function policyOfFile(path: string, given: Given & { readonly text: string }): EffectivePolicy {
  const { text, ...rest } = given
  const read = parsed({ path, oid: null, text }, rest)
  if (read.kind === 'valid') return read.policy
  throw new UserError({
    code: 'policy-invalid',
    message: `The policy is not valid.\n${read.text}`,
    remediation: 'Repair it, then check it with portcullis policy lint.',
    file: path,
  })
}

/** What judges where nothing else is said. */
export function presets(): EffectivePolicy {
  const loaded = loadPolicy({ repository: null, organisation: null })
  if (loaded.kind === 'valid') return loaded.effective
  throw new Error('the presets are not valid')
}
