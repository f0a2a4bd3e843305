import type { Delta, Estate } from '../model/estate.ts'
import { Resource } from '../model/resource.ts'
import type { ValuePath } from '../model/resource.ts'
import type { Skip } from '../model/skip.ts'
import type { YamlBudget } from '../readers/yaml.ts'
import { readManifest } from './manifest.ts'

/** One file of one side of a change, as text. */
export interface EstateFile {
  readonly path: string
  readonly text: string
}

/**
 * The objects of plain manifests. A file that is not a manifest, such as the values of a chart, has none. Charts and
 * overlays are named as skips: what they deploy is not what their files say. A limit that is reached always blocks.
 */
export function plainEstate(
  files: readonly EstateFile[],
  unbuiltBlocks: boolean,
  budget: YamlBudget | null = null,
): Estate {
  const resources: Resource[] = []
  const skips: Skip[] = []
  for (const { path, text } of files) {
    if (isBuilt(path)) {
      skips.push({ path, reason: 'charts and overlays are not built by this version', blocks: unbuiltBlocks })
      continue
    }
    const read = readManifest(path, text, budget)
    resources.push(...read.resources.flatMap(itemsOf).filter(isObject))
    skips.push(...read.skips.map((skip) => ({ ...skip, blocks: read.isTooMuch || unbuiltBlocks })))
  }
  return { resources, skips }
}

/** Whether a path may hold a manifest, or is what manifests are built from. */
export function isManifestPath(path: string): boolean {
  return /\.ya?ml$/i.test(path) || isBuilt(path)
}

/** What helm or kustomize builds objects from. */
function isBuilt(path: string): boolean {
  return (
    /(?:^|\/)(?:Chart\.yaml|kustomization\.ya?ml|Kustomization)$/.test(path) ||
    /(?:^|\/)templates\//.test(path)
  )
}

/** What a `List` holds is deployed as if each item stood alone: nothing may hide in one. */
function itemsOf(resource: Resource): readonly Resource[] {
  if (!resource.text('kind').endsWith('List') || !Array.isArray(resource.value('items'))) return [resource]
  return resource.items('items').flatMap((path) => {
    const item = resource.value(...path)
    const origin = { locate: (inner: ValuePath) => resource.locate([...path, ...inner]) }
    return item instanceof Map ? itemsOf(new Resource(item, origin)) : []
  })
}

function isObject(resource: Resource): boolean {
  return resource.text('apiVersion') !== '' && resource.text('kind') !== ''
}

/** What differs between two estates, by the identity of the objects. */
export function deltaOf(base: Estate, head: Estate): Delta {
  const before = new Map(base.resources.map((resource) => [resource.id, resource]))
  const after = new Map(head.resources.map((resource) => [resource.id, resource]))
  const changed: { base: Resource; head: Resource }[] = []
  for (const [id, resource] of after) {
    const old = before.get(id)
    if (old !== undefined) changed.push({ base: old, head: resource })
  }
  return {
    added: head.resources.filter(({ id }) => !before.has(id)),
    changed,
    removed: base.resources.filter(({ id }) => !after.has(id)),
  }
}
