import { nearest } from '../../std/nearest.ts'
import { problemIn } from '../layer.ts'
import type { Layer, LayerMistake } from '../layer.ts'
import { valueAt } from '../problems/issue.ts'
import type { PolicyProblem } from '../problems/problem.ts'
import type { Catalogue } from './held-rules.ts'

/**
 * Warns of rules that nobody knows. Not an error, because a newer version may know more rules than this one, and two
 * versions must agree on whether a policy is valid. `own` are the ids of the custom rules.
 */
export function unknownRules(layer: Layer, catalogue: Catalogue, own: readonly string[]): PolicyProblem[] {
  if (catalogue.size === 0) return []
  const known = [...catalogue.keys(), ...own]
  return namedRules(layer)
    .filter(({ id }) => !known.includes(id))
    .map(({ id, mistake }) => {
      const message = `no rule has the id ${id}`
      return problemIn(layer.file, layer.places, {
        ...mistake,
        level: 'warning',
        message,
        suggestion: nearest(id, known),
      })
    })
}

function namedRules({ raw }: Layer): { id: string; mistake: Pick<LayerMistake, 'path' | 'isKey'> }[] {
  const set = Object.keys(valueAt(raw, ['gates', 'iac', 'rules']) ?? {})
  const active: unknown = valueAt(raw, ['waivers', 'active'])
  const waived = (Array.isArray(active) ? active : []).flatMap((waiver: unknown, index) => {
    const id = valueAt(waiver, ['rule'])
    return typeof id === 'string' ? [{ id, mistake: { path: ['waivers', 'active', index, 'rule'] } }] : []
  })
  return [
    ...set.map((id) => ({ id, mistake: { path: ['gates', 'iac', 'rules', id], isKey: true } })),
    ...waived,
  ]
}
