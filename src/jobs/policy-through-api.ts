import type { Facts } from '../model/facts.ts'
import type { Policy } from '../model/policy.ts'
import { loadPolicy } from '../policy/load-policy.ts'
import { policyFilePath } from '../policy/policy-paths.ts'
import type { GitHub, RepositoryName } from '../ports/github.ts'
import { presets } from './load-policy.ts'

/** The policy at the tip of a branch, for whoever has no mirror; the presets where it is not valid. It decides nothing. */
export async function policyThroughApi(
  github: GitHub,
  name: RepositoryName,
  { branch, organisation }: { readonly branch: string; readonly organisation: Facts['organisationPolicy'] },
): Promise<Policy> {
  const file = await github.file(name, branch, policyFilePath)
  const repository = file === null ? null : { path: policyFilePath, ...file }
  const loaded = loadPolicy({ repository, organisation })
  return (loaded.kind === 'valid' ? loaded.effective : presets()).policy
}
