import type { EffectivePolicy, PolicyOrigin } from '../model/policy-source.ts'
import type { Policy, Requirement } from '../model/policy.ts'
import { digest } from '../std/digest.ts'
import { problemIn } from './layer.ts'
import type { Layer } from './layer.ts'
import type { LoadedPolicy } from './load-policy.ts'
import type { Merging } from './merge.ts'
import { entryOrigins } from './origins.ts'
import { parseMerged, policyKeys } from './policy-file.ts'
import { mistakesOf } from './problems/issue.ts'
import type { PolicyProblem } from './problems/problem.ts'
import { productionPaths } from './sections/requirement.ts'

const defaults: PolicyOrigin = { source: 'preset:recommended', line: null }

/** The policy that the laid layers make, or what is wrong with it. */
export function effectiveOf(merging: Merging, layers: readonly Layer[]): LoadedPolicy {
  const problems = merging.problems.toSorted(byPlace)
  if (problems.some(({ level }) => level === 'error')) return { kind: 'invalid', problems }
  const raw = nest(merging.values)
  const parsed = parseMerged(raw)
  const last = layers.at(-1)
  if (parsed.success)
    return { kind: 'valid', effective: effective(parsed.data, merging, layers), warnings: problems }
  // Each file was valid, so two of them together are not: two branch rules of different files with one check.
  if (last === undefined) throw new Error('the defaults are not a valid policy', { cause: parsed.error })
  const together = parsed.error.issues
    .flatMap((issue) => mistakesOf(issue, raw, () => []))
    .map(({ path, message }) =>
      problemIn(last.file, last.places, { path: path.slice(0, 1), message, isKey: true }),
    )
  return { kind: 'invalid', problems: [...problems, ...together] }
}

/** The organisation's file first: what is wrong there is wrong for every repository. */
function byPlace(one: PolicyProblem, other: PolicyProblem): number {
  const owners = Number(one.owner === 'repository') - Number(other.owner === 'repository')
  return owners || one.line - other.line || one.column - other.column
}

function effective(parsed: Policy, merging: Merging, layers: readonly Layer[]): EffectivePolicy {
  const policy = withProduction(parsed)
  const origins = new Map<string, PolicyOrigin>()
  for (const path of policyKeys.keys()) origins.set(path, merging.origins.get(path) ?? defaults)
  for (const [path, origin] of entryOrigins(merging.values, layers)) origins.set(path, origin)
  const sources = [defaults.source, ...new Set(layers.map(({ file }) => file.source))]
  return { policy, digest: `sha256:${digest(canonical(policy))}`, sources, origins }
}

/** Puts the paths of `gitops.production` where a requirement names them; where there are none, no path matches. */
function withProduction(policy: Policy): Policy {
  const { reviews } = policy.gates
  const requirements = reviews.requirements.map((requirement): Requirement => {
    const condition = requirement.if
    if (condition?.paths?.includes(productionPaths) !== true) return requirement
    const paths = condition.paths.flatMap((path) =>
      path === productionPaths ? policy.gitops.production : [path],
    )
    return { ...requirement, if: { ...condition, paths } }
  })
  return { ...policy, gates: { ...policy.gates, reviews: { ...reviews, requirements } } }
}

/** Values by dotted path as the tree that a file would be. */
function nest(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const root: Record<string, unknown> = {}
  for (const [path, value] of values) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    let around: Record<string, unknown> = root
    for (const name of names) around = section(around, name)
    around[last] = value
  }
  return root
}

function section(around: Record<string, unknown>, name: string): Record<string, unknown> {
  const known = around[name]
  if (isRecord(known)) return known
  const made: Record<string, unknown> = {}
  around[name] = made
  return made
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON with sorted keys, so that the same policy has the same digest however its files order it. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    isRecord(one) ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1))) : one,
  )
}
