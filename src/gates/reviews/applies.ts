import { Minimatch } from 'minimatch'

import type { ChangedFile } from '../../model/change.ts'
import type { RequirementCondition } from '../../model/policy.ts'

/**
 * Whether a requirement's condition holds for a change; each part that is given must. `weakens` always holds: what a
 * change weakens is not known here yet, and a requirement that is asked for too often is safer than one that is missed.
 */
export function applies(condition: RequirementCondition | null, files: readonly ChangedFile[]): boolean {
  const { paths } = condition ?? {}
  // No pattern matches nothing: a requirement for production paths, of a policy that names none.
  if (paths === undefined) return true
  // nocomment: a path may begin with `#`, and a pattern that silently matches nothing would drop the requirement.
  const globs = paths.map((pattern) => new Minimatch(pattern, { dot: true, nocomment: true }))
  return files.some(({ path }) => globs.some((glob) => glob.match(path)))
}
