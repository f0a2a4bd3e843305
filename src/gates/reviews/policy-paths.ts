import type { Facts } from '../../model/facts.ts'
import type { Policy } from '../../model/policy.ts'

/** Where GitHub looks for code owners: https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners */
const codeOwners = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']

/**
 * Whether a path belongs to what moves the gate: the policy, the trust root with its keys, the baseline, CODEOWNERS, and
 * in the repository `.github` also the organisation's policy.
 */
export function isPolicyPath(path: string, policy: Policy, repository: Facts['repository']): boolean {
  const { trust } = policy.gates.signatures
  const files = ['.github/portcullis.yml', policy.baseline, trust, ...codeOwners]
  if (repository.name === '.github') files.push('portcullis.yml')
  // The folder's own path too: a symlink or a submodule may take its place.
  const keys = trust.includes('/') ? `${trust.slice(0, trust.lastIndexOf('/'))}/keys` : 'keys'
  return files.includes(path) || path === keys || path.startsWith(`${keys}/`)
}
