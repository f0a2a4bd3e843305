import { posix } from 'node:path'

import type { Policy } from '../model/policy.ts'

/** Where a repository's policy is, and nowhere else. */
export const policyFilePath = '.github/portcullis.yml'

/** In the order in which GitHub looks for it. https://docs.github.com/articles/about-code-owners */
const codeownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const

/** Files and folders whose change needs `policy_changes`. A folder ends with `/`. */
export function policyPaths(policy: Policy): string[] {
  const { trust } = policy.gates.signatures
  const keys = posix.join(posix.dirname(trust), 'keys/')
  return [
    ...new Set([policyFilePath, '.github/portcullis/', trust, keys, policy.baseline, ...codeownersPaths]),
  ]
}

/** Whether a change of this path is a change of what judges. */
export function isPolicyPath(policy: Policy, path: string): boolean {
  return policyPaths(policy).some((one) => (one.endsWith('/') ? path.startsWith(one) : path === one))
}

/**
 * Whether a change touches nothing but what judges: then a broken policy does not stop its repair. `policy` is the last
 * valid one, else the recommended one. False for no path at all.
 */
export function isPolicyOnly(policy: Policy, paths: readonly string[]): boolean {
  return paths.length > 0 && paths.every((path) => isPolicyPath(policy, path))
}
