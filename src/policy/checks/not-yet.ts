import { problemIn } from '../layer.ts'
import type { Layer } from '../layer.ts'
import { valueAt } from '../problems/issue.ts'
import type { PolicyProblem } from '../problems/problem.ts'

/** What this version does with a key that it accepts: nothing, or it refuses to pass whatever the key asks for. */
type Effect = 'none' | 'blocks'

/** Keys that are accepted, so that a file can be written once, and that this version does not act on yet. */
export const notYet: ReadonlyMap<string, Effect> = new Map<string, Effect>([
  ['report.comment', 'none'],
  ['gitops.engine', 'none'],
  ['gitops.repository', 'none'],
  ['gitops.deploy_branches', 'none'],
  ['gitops.control_plane_namespaces', 'none'],
  ['gitops.platform_projects', 'none'],
  ['gitops.multi_tenant', 'none'],
  ['gitops.allowed_sources', 'none'],
  ['gitops.allowed_registries', 'none'],
  ['gitops.kubernetes', 'none'],
  ['gitops.tenants', 'none'],
  ['gates.iac.custom', 'blocks'],
  ['gates.signatures.require', 'blocks'],
  ['gates.signatures.accept', 'none'],
  ['gates.signatures.bind', 'none'],
  ['gates.signatures.since', 'none'],
  ['waivers.grant', 'none'],
  ['commands.waive', 'none'],
  ['commands.explain', 'none'],
  ['limits.render_timeout', 'none'],
])

/** A warning at each key of a file that has no effect yet. A preset is ours, so nobody could repair it. */
export function notYetWarnings(layer: Layer): PolicyProblem[] {
  if (layer.file.owner === 'preset') return []
  const problems: PolicyProblem[] = []
  for (const [key, effect] of notYet) {
    const path = key.split('.')
    const value = valueAt(layer.raw, path)
    if (value === undefined || (effect === 'blocks' && asksForNothing(value))) continue
    const message = `${key}: ${words[effect]}`
    problems.push(problemIn(layer.file, layer.places, { path, isKey: true, level: 'warning', message }))
  }
  return problems
}

const words: Readonly<Record<Effect, string>> = {
  none: 'this version does not act on it yet',
  blocks: 'this version cannot do that yet, so no change passes while the policy asks for it',
}

function asksForNothing(value: unknown): boolean {
  return value === 'never' || (Array.isArray(value) && value.length === 0)
}
