import { posix } from 'node:path'

import type { Policy } from '../model/policy.ts'

/** Where a repository's policy is, and nowhere else. */
export const policyFilePath = '.github/portcullis.yml'

/** In the order in which GitHub looks for it. https://docs.github.com/articles/about-code-owners */
const codeownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const

/** The organisation's policy, in its repository `.github`. */
export const organisationPolicyPath = 'portcullis.yml'

/**
 * Files and folders whose change needs `policy_changes`. A folder ends with `/`. `repository` is its name without the
 * owner: one is called `.github` and holds the organisation's policy.
 */
function policyPaths(policy: Policy, repository: string): string[] {
  const { trust } = policy.gates.signatures
  const keys = posix.join(posix.dirname(trust), 'keys/')
  return [
    ...new Set([policyFilePath, '.github/portcullis/', trust, keys, policy.baseline, ...codeownersPaths]),
    ...(repository === '.github' ? [organisationPolicyPath] : []),
  ]
}

/** Whether a change of this path is a change of what judges. */
export function isPolicyPath(policy: Policy, path: string, repository = ''): boolean {
  // The folder's own path too: a symlink or a submodule may take its place.
  return policyPaths(policy, repository).some((one) =>
    one.endsWith('/') ? `${path}/`.startsWith(one) : path === one,
  )
}

/**
 * Whether a change touches nothing but what judges: then a broken policy does not stop its repair. `policy` is the last
 * valid one, else the recommended one. False for no path at all.
 */
export function isPolicyOnly(policy: Policy, paths: readonly string[]): boolean {
  return paths.length > 0 && paths.every((path) => isPolicyPath(policy, path))
}
