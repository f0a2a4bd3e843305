import { problemIn } from './layer.ts'
import type { Layer, LayerMistake } from './layer.ts'
import { presets } from './presets/index.ts'
import type { PolicyProblem } from './problems/problem.ts'
import { readLayer } from './read-layer.ts'

/** A file of another repository, as it was fetched. */
export interface ExtendedFile {
  readonly oid: string
  readonly text: string
}

/**
 * What a policy file extends of other repositories, `OWNER/REPO//PATH@REF`: to be fetched before the policy is loaded. None
 * for a file that is not valid.
 */
export function sharedFilesOf(text: string): string[] {
  const read = readLayer({ owner: 'repository', label: 'policy', source: 'policy', text })
  return read.kind === 'invalid' ? [] : read.layer.extends.filter((name) => !presets.has(name))
}

/** The layers that a file builds on, each once, in its order; the presets that they build on come before them. */
export function building(
  layer: Layer,
  extended: ReadonlyMap<string, ExtendedFile>,
): { layers: Layer[]; problems: PolicyProblem[] } {
  const layers = new Map<string, Layer>()
  const problems: PolicyProblem[] = []
  for (const [index, name] of layer.extends.entries()) {
    const preset = presetLayer(name)
    const file = extended.get(name)
    if (preset !== null) layers.set(name, preset)
    else if (file !== undefined) addShared({ layers, problems }, name, file)
    else {
      const message = `extends: ${name} could not be read`
      problems.push(problemIn(layer.file, layer.places, { path: ['extends', index], message }))
    }
  }
  // It is what every key's default says, so it has nothing to lay.
  layers.delete('recommended')
  return { layers: [...layers.values()], problems }
}

function addShared(
  found: { layers: Map<string, Layer>; problems: PolicyProblem[] },
  name: string,
  file: ExtendedFile,
): void {
  const [repository = '', rest = ''] = name.split('//')
  const path = rest.slice(0, rest.lastIndexOf('@'))
  const label = `${repository} ${path}`
  const read = readLayer({
    owner: 'shared',
    label,
    source: `${repository}:${path}@${file.oid}`,
    text: file.text,
  })
  if (read.kind === 'invalid') {
    found.problems.push(...read.problems)
    return
  }
  for (const [index, below] of read.layer.extends.entries()) {
    const preset = presetLayer(below)
    if (preset !== null) found.layers.set(below, preset)
    else found.problems.push(problemIn(read.layer.file, read.layer.places, nested(index)))
  }
  found.layers.set(name, read.layer)
}

/** One level only: a chain would let a third repository decide, and could come back to itself. */
function nested(index: number): LayerMistake {
  return {
    path: ['extends', index],
    message: 'extends: a file that is extended may itself extend presets only',
  }
}

function presetLayer(name: string): Layer | null {
  const raw = presets.get(name)
  if (raw === undefined) return null
  const file = { owner: 'preset', label: `preset ${name}`, source: `preset:${name}`, text: '' } as const
  return { file, raw, extends: [], places: null }
}
