import type { Layer } from '../layer.ts'
import { problemIn } from '../layer.ts'
import { againstOf } from '../merge.ts'
import type { Merging } from '../merge.ts'
import { valueAt } from '../problems/issue.ts'
import type { PolicyProblem } from '../problems/problem.ts'
import { severities } from '../sections/iac.ts'

/** Built-in severities by rule id, as the catalogue has them. */
export type Catalogue = ReadonlyMap<string, string>

/**
 * Rules that a file turns off, or makes less severe than they are, although `gates.iac` is held: the other half of what
 * `gates.iac.fail_on` holds. A severity that blocks anyway is allowed. To be asked before the file is laid.
 */
export function weakenedRules({ floors }: Merging, layer: Layer, catalogue: Catalogue): PolicyProblem[] {
  const [held, failOn] = [floors.get('gates.iac.rules'), floors.get('gates.iac.fail_on')]
  const rules = valueAt(layer.raw, ['gates', 'iac', 'rules'])
  if (held === undefined || failOn === undefined || failOn.value === 'never') return []
  const unnamed = Object.entries(rules ?? {}).filter(([id]) => valueAt(held.value, [id]) === undefined)
  return unnamed.flatMap(([id, setting]) => {
    const severity: unknown = valueAt(setting, ['severity'])
    const least = Math.min(rank(failOn.value), rank(catalogue.get(id) ?? failOn.value))
    if (severity !== undefined && rank(severity) >= least) return []
    const what = severity === undefined ? 'is turned off' : 'may become less severe than it is'
    const message = `gates.iac.rules: ${id} ${what}, which ${held.layer.file.label} does not allow; ask for a waiver instead`
    const mistake = { path: ['gates', 'iac', 'rules', id], isKey: true, message, against: againstOf(held) }
    return [problemIn(layer.file, layer.places, mistake)]
  })
}

function rank(severity: unknown): number {
  return severities.findIndex((name) => name === severity)
}
