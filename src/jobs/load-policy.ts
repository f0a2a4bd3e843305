import type { Facts } from '../model/facts.ts'
import type { EffectivePolicy } from '../model/policy-source.ts'
import { loadPolicy } from '../policy/load-policy.ts'
import { policyFilePath } from '../policy/policy-paths.ts'
import { formatProblems } from '../policy/problems/format-problems.ts'
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
  const loaded = await policyOf(repository, base, given)
  if (loaded.kind === 'valid') return { kind: 'valid', policy: loaded.effective }
  const repair = await lastValid(repository, base, given)
  const text = formatProblems(loaded.problems)
  return {
    kind: 'invalid',
    text,
    problems: loaded.problems.length,
    repair,
    names: repair ?? presets(),
  }
}

async function policyOf(repository: Repository, base: string | null, given: Given) {
  const file = base === null ? null : await repository.file(base, policyFilePath, maxPolicyBytes)
  if (file === null || base === null) return loadPolicy({ repository: null, ...given })
  const text = Buffer.from(file.bytes).toString()
  return loadPolicy({ repository: { path: policyFilePath, oid: base, text }, ...given })
}

/** The newest valid one in the history of the base branch, else the presets under the organisation's policy. */
async function lastValid(
  repository: Repository,
  base: string | null,
  given: Given,
): Promise<EffectivePolicy | null> {
  const commits = base === null ? [] : await repository.commitsOf(base, policyFilePath, maxVersions)
  for (const commit of [...commits, null]) {
    const loaded = await policyOf(repository, commit, given)
    if (loaded.kind === 'valid') return loaded.effective
  }
  return null
}

/** A policy file that was given by hand. Throws `UserError` where it is not valid. */
export function policyOfFile(path: string, given: Given & { readonly text: string }): EffectivePolicy {
  const { text, ...rest } = given
  const loaded = loadPolicy({ repository: { path, oid: null, text }, ...rest })
  if (loaded.kind === 'valid') return loaded.effective
  throw new UserError({
    code: 'policy-invalid',
    message: `The policy is not valid.\n${formatProblems(loaded.problems)}`,
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
