import { isDeepStrictEqual } from 'node:util'

import type { PolicyOrigin } from '../model/policy-source.ts'
import type { Layer } from './layer.ts'
import { policyKeys } from './policy-file.ts'
import { valueAt } from './problems/issue.ts'

/** Who said each entry of what several files may add to: `gates.iac.rules.k8s/privileged`, `branches[1]`. */
export function* entryOrigins(
  values: ReadonlyMap<string, unknown>,
  layers: readonly Layer[],
): Generator<[string, PolicyOrigin]> {
  for (const [path, { joins }] of policyKeys) {
    const value = values.get(path)
    if (joins !== 'adds' || typeof value !== 'object' || value === null) continue
    for (const [name, entry] of Object.entries(value)) {
      const origin = originOfEntry(layers, path.split('.'), { name, entry, isList: Array.isArray(value) })
      if (origin !== null) yield [Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`, origin]
    }
  }
}

function originOfEntry(
  layers: readonly Layer[],
  path: readonly string[],
  { name, entry, isList }: { name: string; entry: unknown; isList: boolean },
): PolicyOrigin | null {
  for (const { raw, file, places } of layers.toReversed()) {
    const said: unknown = valueAt(raw, path)
    const at = isList && Array.isArray(said) ? said.findIndex((one) => isDeepStrictEqual(one, entry)) : name
    if (at === -1 || valueAt(said, [at]) === undefined) continue
    return { source: file.source, line: places?.locate([...path, at]).startLine ?? null }
  }
  return null
}
