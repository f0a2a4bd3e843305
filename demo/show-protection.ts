import { effectiveRules, requiredChecks } from '../github-simulator/branch-rules.ts'
import type { Repository } from '../github-simulator/state.ts'

const sentences: Readonly<Record<string, string>> = {
  non_fast_forward: 'it cannot be force-pushed',
  deletion: 'it cannot be deleted',
}

/** What the rules of the default branch say, in words. */
export function protectionOf(repository: Repository): string {
  const branch = repository.defaultBranch
  const checks = requiredChecks(repository, branch).map(
    ({ context, appId }) =>
      `the check ${context} must pass${appId === null ? '' : `, posted by the App ${appId} and nobody else`}`,
  )
  const others = effectiveRules(repository, branch).flatMap(({ rule }) => sentences[rule.type] ?? [])
  return [...checks, ...others].join('; ')
}
