import type { SecretsPolicy } from '../../model/policy.ts'
import { CustomRules } from './custom-rules.ts'
import { encodedRuns } from './encoded-runs.ts'
import { Engine, latin1 } from './engine.ts'
import type { ManifestRule, PatternRule } from './rule.ts'
import { rules } from './rules/index.ts'
import { candidateOf, strongest } from './strongest.ts'
import type { Candidate } from './strongest.ts'

/** Base64 within base64, and no further: each level is at most twice the one above. */
const maxDepth = 2

/** Rules, ready to search with. */
export interface PreparedRules {
  readonly engine: Engine
  readonly custom: CustomRules
  readonly manifestRules: readonly ManifestRule[]
}

/** Bytes at one depth of encoding. */
export interface Layer {
  readonly bytes: Uint8Array
  readonly path: string
  readonly depth: number
  /** Ids of the rules that found too much. */
  readonly capped: Set<string>
}

/** The rules made ready once for many texts. */
export function prepareRules(custom: SecretsPolicy['custom']): PreparedRules {
  return {
    engine: new Engine(rules.filter((rule): rule is PatternRule => rule.kind === 'pattern')),
    custom: new CustomRules(custom),
    manifestRules: rules.filter((rule): rule is ManifestRule => rule.kind === 'manifest'),
  }
}

/** Where secrets stand in a text without a path, as its patterns find them, in order of their offsets. */
export function secretsIn(prepared: PreparedRules, bytes: Uint8Array): Candidate[] {
  return strongest(findInBytes(prepared, { bytes, path: '', depth: 0, capped: new Set() }))
}

/** Finds by patterns, in the bytes and in what is encoded in them. */
export function findInBytes(prepared: PreparedRules, layer: Layer): Candidate[] {
  const { engine, custom } = prepared
  const text = latin1(layer.bytes)
  const { finds, capped } = engine.find(layer.bytes, layer.path)
  for (const rule of capped) layer.capped.add(rule.id)
  const found = finds.map((find) => candidateOf(find.rule, { ...find, run: null }))
  found.push(...custom.find(layer.bytes, text, layer.capped))
  if (layer.depth === maxDepth) return found
  for (const { start, end, bytes } of encodedRuns(layer.bytes, text)) {
    const inner = findInBytes(prepared, { ...layer, bytes, depth: layer.depth + 1 })
    for (const candidate of strongest(inner)) found.push({ ...candidate, start, end, run: start })
  }
  return found
}
