import type { Value, ValuePath } from '../../model/resource.ts'
import { readYaml, UnreadableYaml } from '../../readers/yaml.ts'
import type { YamlDocument } from '../../readers/yaml.ts'
import type { ManifestFind, ManifestRule } from './rule.ts'

export interface LocatedFind {
  readonly rule: ManifestRule
  readonly find: ManifestFind
  /** Lines and columns count from 1, columns in characters. */
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

/**
 * Reads the objects that a text holds, one document at a time, so that a template in one of them hides none of the others.
 * A document that is no YAML, such as a chart's template, is left to the patterns.
 */
export function findInManifests(text: string, rules: readonly ManifestRule[]): LocatedFind[] {
  const wanted = rules.filter((rule) => mentions(text, rule.object))
  if (wanted.length === 0) return []
  const found: LocatedFind[] = []
  for (const { source, line } of documentsOf(text)) {
    const rulesHere = wanted.filter((rule) => mentions(source, rule.object))
    if (rulesHere.length === 0) continue
    for (const document of read(source)) found.push(...findIn(document, line, rulesHere))
  }
  return found
}

/** Cheap, and true for every text with such an object, in whichever style it is written. */
function mentions(text: string, kind: string): boolean {
  return text.includes(kind) && text.includes('kind')
}

/** `line` is the number of lines before the document. */
function* documentsOf(text: string): Generator<{ source: string; line: number }> {
  let [start, line] = [0, 0]
  for (const match of text.matchAll(/^---(?=\s|$)/gm)) {
    const source = text.slice(start, match.index)
    yield { source, line }
    line += source.split('\n').length - 1
    start = match.index
  }
  yield { source: text.slice(start), line }
}

function read(source: string): YamlDocument[] {
  try {
    return readYaml('', source)
  } catch (error) {
    if (error instanceof UnreadableYaml) return []
    throw error
  }
}

function findIn(document: YamlDocument, line: number, rules: readonly ManifestRule[]): LocatedFind[] {
  const found: LocatedFind[] = []
  for (const { object, path } of objectsOf(document.value, [], new Set())) {
    for (const rule of rules) {
      if (object.get('kind') !== rule.object) continue
      for (const find of rule.find(object)) {
        const place = document.origin.locate([...path, ...find.path])
        found.push({ rule, find, ...place, startLine: place.startLine + line, endLine: place.endLine + line })
      }
    }
  }
  return found
}

/** Every map, also inside a List, a patch or the values of a chart; each once, however many aliases lead to it. */
function* objectsOf(
  value: Value,
  path: ValuePath,
  seen: Set<Value>,
): Generator<{ object: ReadonlyMap<string, Value>; path: ValuePath }> {
  if (value === null || typeof value !== 'object' || seen.has(value)) return
  seen.add(value)
  if (value instanceof Map) {
    yield { object: value, path }
    for (const [key, child] of value) yield* objectsOf(child, [...path, key], seen)
  } else if (Array.isArray(value)) {
    for (const [index, child] of value.entries()) yield* objectsOf(child, [...path, index], seen)
  }
}
