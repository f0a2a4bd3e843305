import type { Layer } from './layer.ts'
import { originOf } from './merge.ts'
import type { Merging } from './merge.ts'
import { policyKeys } from './policy-file.ts'
import { valueAt } from './problems/issue.ts'

/**
 * Sections whose keys undo one another: `fail_on: any` means nothing beside `exclude: ["**"]`. Whoever imposes one key
 * of them on others imposes all, at the value that the others have then.
 */
const sections = [
  'gates.secrets',
  'gates.iac',
  'gates.signatures',
  'gates.reviews',
  'protection',
  'policy_changes',
]

/** They say where something of the repository lies or begins, which nobody can know for all repositories. */
const ownOfRepository = new Set(['gates.signatures.trust', 'gates.signatures.since'])

/** Makes floors of the whole sections that the organisation's file, or what it extends, speaks of. */
export function holdSections(merging: Merging, layers: readonly Layer[]): void {
  for (const section of sections) {
    const speaker = layers.findLast(({ raw }) => valueAt(raw, section.split('.')) !== undefined)
    if (speaker !== undefined) holdSection(merging, section, speaker)
  }
}

function holdSection({ values, floors }: Merging, section: string, layer: Layer): void {
  const origin = originOf(layer, section)
  for (const [path, rule] of policyKeys) {
    if (!path.startsWith(`${section}.`) || ownOfRepository.has(path)) continue
    const value = values.get(path) ?? rule.default
    const said = floors.get(path)
    floors.set(
      path,
      said === undefined ? { value, layer, origin, before: null, isHeld: true } : { ...said, value },
    )
  }
}
