import type { Value } from '../model/resource.ts'
import { readYaml, UnreadableYaml } from '../readers/yaml.ts'
import type { YamlDocument } from '../readers/yaml.ts'
import { knownKeys } from './known-keys.ts'
import { problemIn } from './layer.ts'
import type { Layer, LayerFile, Places } from './layer.ts'
import { parsing, PolicyFile } from './policy-file.ts'
import { masked } from './problems/excerpt.ts'
import { mistakesOf, wordsOf } from './problems/issue.ts'
import type { Mistake } from './problems/issue.ts'
import type { PolicyProblem } from './problems/problem.ts'

/** Bytes. The largest policy that anybody needs is far below; reading more is work that an author could impose. */
const maxBytes = 1024 * 1024
/** Values, with what aliases repeat counted each time: a bomb of nine lines has billions. */
const maxValues = 50_000

export type ReadLayer =
  | { readonly kind: 'valid'; readonly layer: Layer }
  | { readonly kind: 'invalid'; readonly problems: readonly PolicyProblem[] }

/** Reads and checks one policy file by itself. An empty one says nothing, which is valid. */
export function readLayer(given: LayerFile): ReadLayer {
  const bytes = Buffer.byteLength(given.text)
  if (bytes > maxBytes) return refused(given, `is ${bytes} bytes long; a policy may have ${maxBytes}`)
  // An editor hides the mark, so columns do not count it.
  const file = { ...given, text: given.text.replace(/^\uFEFF/, '') }
  const parsed = parse(file)
  if (parsed.kind === 'invalid') return parsed
  const { document } = parsed
  if (document === null) return valid(file, {}, null)
  const raw = plainOf(document.value)
  if (raw === 'too-many') return refused(file, `has more than ${maxValues} values, aliases counted each time`)
  if (!isRecord(raw))
    return raw === null ? valid(file, {}, null) : refused(file, 'must be a mapping of keys at its top')
  return validate(file, raw, document.origin)
}

function parse(
  file: LayerFile,
): { kind: 'parsed'; document: YamlDocument | null } | Extract<ReadLayer, { kind: 'invalid' }> {
  try {
    const [document = null, second] = readYaml(file.label, file.text, 'core')
    if (second === undefined) return { kind: 'parsed', document }
    const first = second.value instanceof Map ? [...second.value.keys()].slice(0, 1) : []
    const place = second.origin.locateKey(first)
    return refused(
      file,
      'has a second YAML document, and only one is read',
      place.startLine,
      place.startColumn,
    )
  } catch (error) {
    if (!(error instanceof UnreadableYaml)) throw error
    return refused(file, `is not valid YAML: ${masked(error.reason)}`, error.line, error.column)
  }
}

function refused(
  file: LayerFile,
  message: string,
  line = 1,
  column = 1,
): Extract<ReadLayer, { kind: 'invalid' }> {
  const at = { path: file.label, startLine: line, startColumn: column, endLine: line, endColumn: column + 1 }
  const places = { locate: () => at, locateKey: () => at }
  return {
    kind: 'invalid',
    problems: [problemIn(file, places, { path: [], message: `the file ${message}` })],
  }
}

function validate(file: LayerFile, raw: Record<string, unknown>, places: Places): ReadLayer {
  const result = PolicyFile.safeParse(raw, { ...parsing, error: wordsOf })
  if (result.success) return valid(file, raw, places, result.data.extends)
  const mistakes = result.error.issues.flatMap((issue) => mistakesOf(issue, raw, knownKeys))
  const problems = mistakes
    .filter((mistake) => !isMisspelled(mistake, mistakes))
    .map((mistake) => problemIn(file, places, mistake))
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
  return { kind: 'invalid', problems }
}

/** A key that is missing because it is there under a wrong name is one mistake, not two. */
function isMisspelled({ path, isMissing }: Mistake, all: readonly Mistake[]): boolean {
  if (!isMissing) return false
  const around = JSON.stringify(path.slice(0, -1))
  return all.some((one) => one.suggestion === path.at(-1) && JSON.stringify(one.path.slice(0, -1)) === around)
}

function valid(
  file: LayerFile,
  raw: Record<string, unknown>,
  places: Places | null,
  extended: readonly string[] = ['recommended'],
): ReadLayer {
  return { kind: 'valid', layer: { file, raw, extends: extended, places } }
}

/** Maps become objects for the schema. `__proto__` becomes a property like any other, and is unknown like any other. */
function plainOf(value: Value): unknown {
  let left = maxValues
  const convert = (one: Value): unknown => {
    if (--left < 0) return null
    if (one instanceof Map) return Object.fromEntries([...one].map(([name, below]) => [name, convert(below)]))
    return Array.isArray(one) ? one.map(convert) : one
  }
  const plain = convert(value)
  return left < 0 ? 'too-many' : plain
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
