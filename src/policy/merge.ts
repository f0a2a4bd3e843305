import { isDeepStrictEqual } from 'node:util'

import type { PolicyOrigin } from '../model/policy-source.ts'
import type { KeyRule } from './key.ts'
import { problemIn } from './layer.ts'
import type { Layer } from './layer.ts'
import { policyKeys } from './policy-file.ts'
import { masked, shown } from './problems/excerpt.ts'
import { valueAt } from './problems/issue.ts'
import type { PolicyProblem } from './problems/problem.ts'
import type { WeakPlace } from './strictness.ts'

/** A value that later files may only make stricter, and whose it is. */
export interface Floor {
  readonly value: unknown
  readonly layer: Layer
  readonly origin: PolicyOrigin
  /** Of a list or a record that several layers added to: the ones before. */
  readonly before: Floor | null
  /** The layer did not say it: it said something else of the same section. */
  readonly isHeld: boolean
}

/** A policy while files are laid over one another. Values are as the files write them, by dotted path. */
export interface Merging {
  readonly values: Map<string, unknown>
  readonly origins: Map<string, PolicyOrigin>
  readonly floors: Map<string, Floor>
  readonly problems: PolicyProblem[]
}

/**
 * `file`: a weaker value is a mistake. `building-block`: what a file extends; its weaker values give way silently,
 * because whoever wrote it knew nothing of the file that is stricter.
 */
export type LayerKind = 'file' | 'building-block'

export function newMerging(): Merging {
  return { values: new Map(), origins: new Map(), floors: new Map(), problems: [] }
}

/** Lays one layer over what is there. Whatever it says is a floor for the next ones. */
export function lay(merging: Merging, layer: Layer, kind: LayerKind): void {
  for (const [path, rule] of policyKeys) {
    const value = valueAt(layer.raw, path.split('.'))
    if (value !== undefined) layValue(merging, { layer, kind, path, rule, value })
  }
}

interface Laid {
  readonly layer: Layer
  readonly kind: LayerKind
  readonly path: string
  readonly rule: KeyRule
  readonly value: unknown
}

function layValue(merging: Merging, laid: Laid): void {
  const { layer, kind, path, rule, value } = laid
  const floor = merging.floors.get(path)
  const weak = floor === undefined ? null : rule.weaker(floor.value, value)
  if (floor !== undefined && weak !== null) {
    if (kind === 'file') merging.problems.push(weakerProblem(laid, floor, weak))
    if (rule.joins === 'replaces') return
  }
  const origin = originOf(layer, path)
  const held =
    rule.joins === 'adds' && floor !== undefined ? join(floor.value, value, rule, weak !== null) : value
  // A preset adds to the defaults and does not take their place; only what it says itself is a floor.
  const isPreset = layer.file.owner === 'preset' && rule.joins === 'adds'
  const whole = isPreset ? join(merging.values.get(path) ?? rule.default, value, rule, false) : held
  merging.values.set(path, whole)
  merging.origins.set(path, origin)
  merging.floors.set(path, { value: held, layer, origin, before: floor ?? null, isHeld: false })
}

/** Entries of the floor that have no stricter namesake, then the new ones. `keeps`: the floor's namesakes win. */
function join(floor: unknown, value: unknown, rule: KeyRule, keeps: boolean): unknown {
  if (!Array.isArray(floor) || !Array.isArray(value)) {
    return keeps ? Object.assign({}, value, floor) : Object.assign({}, floor, value)
  }
  const isSame = (one: unknown, other: unknown) =>
    isDeepStrictEqual(one, other) ||
    (rule.identity !== null && valueAt(one, [rule.identity]) === valueAt(other, [rule.identity]))
  const [kept, added]: [unknown[], unknown[]] = [floor, value]
  if (keeps) return [...kept, ...added.filter((entry) => !kept.some((one) => isSame(one, entry)))]
  return [...kept.filter((entry) => !added.some((one) => isSame(one, entry))), ...added]
}

export function originOf({ file, places }: Layer, path: string): PolicyOrigin {
  return { source: file.source, line: places?.locateKey(path.split('.')).startLine ?? null }
}

function weakerProblem({ layer, path, rule, value }: Laid, found: Floor, weak: WeakPlace): PolicyProblem {
  const isEntry = rule.joins === 'adds' && weak.length > 0
  const floor = isEntry ? speakerOf(found, path, entryName(value, weak)) : found
  const what = `${path}: ${weak.length === 0 ? quoted(value) : shown(entryName(value, weak))}`
  const message = `${what} is weaker than ${ownerOf(floor)} ${isEntry ? 'entry' : quoted(floor.value)}; ${rule.words}`
  const mistake = { path: [...path.split('.'), ...weak], message, against: againstOf(floor) }
  return problemIn(layer.file, layer.places, mistake)
}

/** The last floor whose own file has the entry. */
function speakerOf(floor: Floor, path: string, name: string): Floor {
  const said: unknown = valueAt(floor.layer.raw, path.split('.'))
  const names = Object.keys(said ?? {}).map((index) =>
    entryName(said, [Array.isArray(said) ? Number(index) : index]),
  )
  return names.includes(name) || floor.before === null ? floor : speakerOf(floor.before, path, name)
}

function quoted(value: unknown): string {
  if (typeof value === 'string') return shown(value).replaceAll('"', '')
  const text = JSON.stringify(value)
  return text.length > 80 ? shown(value) : masked(text)
}

/** What a person knows an entry by. */
function entryName(value: unknown, below: WeakPlace): string {
  const entry = valueAt(value, below)
  const name = valueAt(entry, ['name']) ?? valueAt(entry, ['id']) ?? entry
  return typeof name === 'string' ? name : String(below.at(-1))
}

function ownerOf({ layer, isHeld }: Floor): string {
  const name = layer.file.owner === 'organisation' ? 'the organisation’s' : `the ${layer.file.label}’s`
  return isHeld ? `${name} default` : name
}

export function againstOf({ layer, origin }: Floor): string {
  const place = origin.line === null ? layer.file.label : `${layer.file.label}:${origin.line}`
  return layer.file.owner === 'organisation' ? `organisation policy: ${place}` : place
}
